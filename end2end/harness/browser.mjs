// Which browser the tests, the screenshots and the benchmarks use, and the three sizes that they look at.

export const chromium = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

export const devices = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  tablet: { viewport: { width: 1180, height: 820 }, hasTouch: true },
  desk: { viewport: { width: 1440, height: 900 } },
};
