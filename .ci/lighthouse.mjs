// Has Lighthouse judge pages, one after the other, in a browser that takes orders at a port:
// node lighthouse.mjs PORT CATEGORY,… URL… prints a list of its reports.
//
// Its command starts anew for each page, and waits for seconds to measure how fast a page is, which is not
// asked for here.
import lighthouse from "lighthouse";

const [port, categories, ...urls] = process.argv.slice(2);
const settings = {
  onlyCategories: categories.split(","),
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 0,
  networkQuietThresholdMs: 500,
  cpuQuietThresholdMs: 0,
  disableFullPageScreenshot: true,
};

const reports = [];
for (const url of urls) {
  const flags = { port: Number(port), logLevel: "error", output: "json" };
  const result = await lighthouse(url, flags, { extends: "lighthouse:default", settings });
  reports.push(result.lhr);
}
console.log(JSON.stringify(reports));
