/** A picture as it is kept: small enough to send over a bad line, and with nothing in it but what it shows — no place, no camera. */

/** Of the longer side, in pixels: a door number or a meter is still readable. */
const longest = 1600
const qualities = [0.8, 0.6, 0.4] as const
/** Bytes that a photo may take; on most phones it is a third of it. */
const wanted = 1_000_000

/** Undefined for a file that this browser does not read as a picture. */
export async function shrink(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return undefined
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (!context) return undefined
  // A see-through picture would turn black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  let smallest: Blob | undefined
  for (const quality of qualities) {
    smallest = await new Promise<Blob | undefined>((resolve) =>
      canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', quality),
    )
    if (!smallest || smallest.size <= wanted) break
  }
  return smallest
}
