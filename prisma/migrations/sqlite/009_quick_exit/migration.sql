-- A column more: the table stands as it is, and nothing is copied.
ALTER TABLE "Message" ADD COLUMN "veil" INTEGER NOT NULL DEFAULT 0;
