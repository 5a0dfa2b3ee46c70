-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_File" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT,
    "caseId" TEXT,
    "kind" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "nameEnc" BLOB,
    "createdAt" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'ready',
    "received" INTEGER NOT NULL DEFAULT 0,
    "why" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    CONSTRAINT "File_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_File" ("bytes", "caseId", "createdAt", "id", "kind", "nameEnc", "personId", "type") SELECT "bytes", "caseId", "createdAt", "id", "kind", "nameEnc", "personId", "type" FROM "File";
DROP TABLE "File";
ALTER TABLE "new_File" RENAME TO "File";
CREATE INDEX "File_personId_idx" ON "File"("personId");
CREATE INDEX "File_caseId_idx" ON "File"("caseId");
CREATE INDEX "File_state_createdAt_idx" ON "File"("state", "createdAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
