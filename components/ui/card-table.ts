/** For a Table that fills a Card: its first and last column stand in line with the card's header. */
export const cardTableClasses = "sm:[&_:is(th,td):first-child]:pl-5 sm:[&_:is(th,td):last-child]:pr-5";
