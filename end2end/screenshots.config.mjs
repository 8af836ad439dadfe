// `make screenshots`: README's pictures, taken from the real app. They are looked at by people, never compared by a test.
import config from "./playwright.config.mjs";

export default {
  ...config,
  testDir: "screenshots",
  workers: 1,
  use: { ...config.use, deviceScaleFactor: 2, trace: "off" },
};
