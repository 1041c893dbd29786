/** The width from which there is room for thumbnails and a panel; also in the stylesheets. */
export const wideScreen = window.matchMedia('(min-width: 900px)');
