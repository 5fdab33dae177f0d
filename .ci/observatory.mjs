// Runs the HTTP Observatory's own scanner on a site of this machine, which its list of public hosts
// does not know: node observatory.mjs HOST[/PATH] HTTP_PORT HTTPS_PORT
//
// The host's ports 80 and 443 are taken to be those two; the certificate is judged as it is. The
// scanner's list of hosts that browsers know to speak TLS is made at its installation: without one,
// none is known, which gives no marks.
import fs from "node:fs";
import net from "node:net";

const [target, ...ports] = process.argv.slice(2);
const host = target.split("/")[0];
const standsFor = { 80: Number(ports[0]), 443: Number(ports[1]) };

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const options = Array.isArray(given[0]) ? given[0][0] : given[0];
  if (options?.host !== host) throw new Error(`asked for ${options?.host}, which is not the site`);
  Object.assign(options, { host: "127.0.0.1", port: standsFor[options.port] });
  return connect.apply(this, given);
};

const readFileSync = fs.readFileSync;
fs.readFileSync = (file, ...more) =>
  String(file).endsWith("hsts-preload.json") ? "{}" : readFileSync(file, ...more);

const { scan } = await import("@mdn/mdn-http-observatory");
const { scan: result, tests } = await scan(target);
const failed = Object.values(tests).filter((test) => !test.pass).map((test) => test.result);
console.log(JSON.stringify({ grade: result.grade, score: result.score, status: result.statusCode, failed }));
