// Reads a calendar with ical.js and prints its events as JSON: the second opinion on our calendar files.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.argv[2]);
const { default: ICAL } = await import(require.resolve("ical.js"));
const whole = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = whole.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    description: event.description,
    status: one.getFirstPropertyValue("status"),
    isDays: event.startDate.isDate,
    start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
    end: event.endDate.toString(),
  };
});
console.log(JSON.stringify({ name: whole.getFirstPropertyValue("x-wr-calname"), events }));
