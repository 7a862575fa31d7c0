/** What is shown here is not now. */
export const PAST_PATH = '/past';
