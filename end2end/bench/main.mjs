// `make bench`: every figure of the first story beside its budget; ends with an error when one is broken.
// N=9 runs Lighthouse nine times; ONLY=download, lighthouse or check-ins measures one of the three; VERBOSE=1 says why.
import { startDemo } from "../harness/demo.mjs";
import { checkIns } from "./check_ins.mjs";
import { download } from "./download.mjs";
import { report } from "./figures.mjs";
import { firstScreens } from "./lighthouse.mjs";

const runs = Number(process.env.N ?? 3);
const parts = {
  download: () => withDemo({}, download),
  lighthouse: () => withDemo({}, (demo) => firstScreens(demo, runs)),
  "check-ins": () => withDemo({ core: 0 }, checkIns),
};

async function withDemo(options, measure) {
  const demo = await startDemo(options);
  try {
    return await measure(demo);
  } finally {
    await demo.stop();
  }
}

const wanted = process.env.ONLY ? [process.env.ONLY] : Object.keys(parts);
const figures = [];
for (const name of wanted) {
  if (!parts[name]) throw new Error(`ONLY=${name}: choose one of ${Object.keys(parts).join(", ")}`);
  console.log(`▸ ${name}`);
  figures.push(...(await parts[name]()));
}
process.exitCode = report(figures) ? 0 : 1;
