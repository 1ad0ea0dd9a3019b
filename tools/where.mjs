// Tells run.mjs where npx has put the pinned Node and pnpm.
console.log(JSON.stringify({ node: process.execPath, path: process.env.PATH }))
