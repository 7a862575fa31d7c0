import express, { type Express } from 'express';

/**
 * One address, one spelling. By itself Express takes `/Api/Accounts/` for `/api/accounts`: whoever compares addresses
 * beside it, a proxy or a rule in front, would see another route than the one that answers.
 */
export function strictExpress(): Express {
  const app = express();
  app.enable('case sensitive routing');
  app.enable('strict routing');
  return app;
}
