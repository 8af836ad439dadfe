// Where the phone believes to be. Nothing here touches the page: Chromium's own geolocation answers.

const METERS_PER_DEGREE = 111_320;

/** The point this many metres to the north and east of another; exact enough over a few kilometres. */
export function from({ latitude, longitude }, north, east = 0) {
  return {
    latitude: latitude + north / METERS_PER_DEGREE,
    longitude: longitude + east / (METERS_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)),
  };
}

/** The phone may ask, and gets this position (WGS-84) with this accuracy in metres. */
export async function position(context, latitude, longitude, accuracy = 12) {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude, longitude, accuracy });
}

/** The phone that was allowed already finds a new position: granting again would end a watch that runs. */
export const movedTo = (context, latitude, longitude, accuracy = 12) => context.setGeolocation({ latitude, longitude, accuracy });

/** The person said no. */
export async function positionDenied(context) {
  await context.clearPermissions();
  await context.setGeolocation(null);
}

/** The person said yes, but the phone finds no position. */
export async function positionUnavailable(context) {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(null);
}
