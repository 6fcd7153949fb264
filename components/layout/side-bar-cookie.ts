/** A cookie and not local storage, so that the server draws the right width at once. */
export const sideBarCookie = "tollkeeper_sidebar";
