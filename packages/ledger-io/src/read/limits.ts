/** How large a sheet may be. A phone must survive the worst file these admit. */

export const maxFileBytes: number = 32 * 1024 * 1024
/** Sum of all parts of a zipped workbook once unpacked. */
export const maxUnpackedBytes: number = 64 * 1024 * 1024
/** Unpacked to packed; a sheet of identical cells reaches about 60. */
export const maxUnpackRatio = 100
export const maxRows = 50_000
export const maxColumns = 200
