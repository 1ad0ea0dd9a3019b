import { measureFirstSync } from './relay-fs-dbg.ts'
console.log(await measureFirstSync({ documents: Number(process.argv[2]), clients: Number(process.argv[3]) }))
process.exit(0)
