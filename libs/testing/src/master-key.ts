/** Master keys as a service is given them. Of no worth outside tests: everybody can read it here. */
export const MASTER_KEY = `mk-test ${'A'.repeat(43)}`;
