-- Which store this is, for the tables that are made from it: they name it, and are not kept on another.
CREATE TABLE store_identity (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one),
  store_id text NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO store_identity DEFAULT VALUES;
CREATE TRIGGER store_identity_refuse_change BEFORE UPDATE OR DELETE ON store_identity
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
