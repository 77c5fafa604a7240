// Session × slide × time -> how late it runs, in words; times in minutes after its midnight.
const DAY = 24 * 60;
const two = (number) => String(number).padStart(2, "0");
export const clock = (minutes) => `${two(Math.floor(minutes / 60) % 24)}:${two(Math.floor(minutes) % 60)}`;
const long = (minutes) => (minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`);
const days = (date) => Date.parse(`${date}T00:00:00Z`) / (DAY * 60_000);

// The day and the time in a time zone; in that of this machine, if it does not know the zone.
export function now(zone, instant = new Date()) {
  const shape = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  let format;
  let known = Boolean(zone);
  try {
    format = new Intl.DateTimeFormat("en-US", { ...shape, timeZone: zone || undefined });
  } catch {
    format = new Intl.DateTimeFormat("en-US", shape);
    known = false;
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}:${part.second}`,
    minutes: part.hour * 60 + Number(part.minute), known };
}

// Minutes since the midnight of the session; a session of unknown date is today.
export const since = (session, { date, minutes }) => (session.date ? (days(date) - days(session.date)) * DAY : 0) + minutes;

export function endOf({ end, topics }) {
  const last = topics.at(-1);
  return end ?? (last?.start != null && last.minutes ? last.start + last.minutes : null);
}

// The current session, or else the next one, or else the last.
export const choose = (sessions, instant) =>
  sessions.find((session) => since(session, now(session.time_zone, instant)) < (endOf(session) ?? DAY)) ?? sessions.at(-1);

// The topics that the slides may be at: from the one whose slide was shown last to the one before the next with a slide.
export function range(topics, slides, slide) {
  const at = slides.indexOf(slide);
  const where = topics.map((topic) => (topic.slide ? slides.indexOf(topic.slide) : -1));
  const shown = Math.max(-1, ...where.filter((place) => place <= at));
  const first = shown < 0 ? 0 : where.indexOf(shown);
  if (shown >= 0 && shown === at) return [first, where.lastIndexOf(shown)];
  const next = where.findIndex((place, index) => index > first && place > at);
  return [first, next < 0 ? topics.length - 1 : Math.max(first, next - 1)];
}

// The texts above the agenda: `topic` is the current one, `late` a sentence if it runs late, `left` the time left.
// `begun` is when the topic of the slides began, if that was seen.
export function standing(session, [first, last], minutes, begun) {
  const { topics } = session;
  const end = endOf(session);
  const start = session.start ?? topics[0]?.start;
  if (!topics.length || start == null) return { topic: -1, late: "", left: topics.length ? "the session has no start" : "" };
  if (minutes < start) return { topic: -1, late: "", left: early(session, start, start - minutes) };
  if (minutes - (end ?? start) >= DAY / 2) return { topic: -1, late: "", left: `the session was ${dayOf(session)}` };
  const timed = topics.findLastIndex((topic) => topic.start != null && topic.start <= minutes);
  const topic = Math.max(first, Math.min(last, timed));
  const late = lateness(session, first, last, minutes, begun);
  const until = topics[topic + 1]?.start ?? end;
  const name = topics[topic].topic;
  let left = `${name}: the remaining time`;
  if (until != null) left = until > minutes ? `${name}: ${long(until - minutes)} left` : `${name}: over since ${clock(until)}`;
  if (late < 0) left += `; ${long(-late)} early`;
  return { topic, late: late > 0 ? sentence(session, topic, late, minutes) : "", left };
}

function lateness({ topics, ...session }, first, last, minutes, begun) {
  const next = topics.find((topic, index) => index > last && topic.start != null)?.start ?? endOf({ topics, ...session });
  const start = topics[first].start;
  let ahead = -Infinity;
  if (start != null && first === last && begun != null) ahead = begun - start;
  else if (start != null && minutes < start) ahead = minutes - start;
  const late = Math.max(ahead, next == null ? -Infinity : minutes - next);
  return ahead === -Infinity ? Math.max(0, late) : late;
}

function sentence({ topics, ...session }, topic, late, minutes) {
  const end = endOf({ topics, ...session });
  const coming = topics.slice(topic);
  const gives = coming.find((one) => one.rest) ?? coming.at(-1);
  const told = `${long(late)} late: `;
  if (end != null && minutes >= end) return `${told}the session ended at ${clock(end)}`;
  if (gives === topics[topic]) return ""; // its time left is shown anyway
  if (!gives.minutes) return `${told}${gives.topic} ${gives.start == null ? "gets less" : `begins at ${clock(gives.start + late)}`}`;
  const over = late - gives.minutes;
  return `${told}${gives.topic} has ${Math.max(0, -over)} of ${gives.minutes} left${over > 0 ? `, and ${long(over)} are missing` : ""}`;
}

function early(session, start, wait) {
  if (wait < DAY / 2) return `begins in ${long(wait)}`;
  return `begins ${dayOf(session)} at ${clock(start)}, in ${wait < DAY ? long(wait) : `${Math.round(wait / DAY)} day${wait < 1.5 * DAY ? "" : "s"}`}`;
}

export const dayOf = ({ date }) => {
  if (!date) return "";
  const shape = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return `on ${new Intl.DateTimeFormat("en-GB", shape).format(new Date(`${date}T00:00:00Z`)).replace(",", "")}`;
};
