export const REFUSED_MESSAGES_RETENTION = 'retention-refused-messages';
