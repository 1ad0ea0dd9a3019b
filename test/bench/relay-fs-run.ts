import { measureFirstSync } from '/work/main/test/bench/relay-first-sync.ts'
console.log(await measureFirstSync({ documents: Number(process.argv[2]), clients: Number(process.argv[3]) }))
process.exit(0)
