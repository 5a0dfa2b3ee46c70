-- AlterTable
ALTER TABLE "Carer" ADD COLUMN "codeHash" TEXT;
ALTER TABLE "Carer" ADD COLUMN "codeUntil" TEXT;
ALTER TABLE "Carer" ADD COLUMN "linkedAt" TEXT;
ALTER TABLE "Carer" ADD COLUMN "personId" TEXT;

-- AlterTable
ALTER TABLE "Letter" ADD COLUMN "byId" TEXT;

-- CreateTable
CREATE TABLE "ChildChange" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "wordsEnc" BLOB NOT NULL
);

-- CreateIndex
CREATE INDEX "ChildChange_childId_at_idx" ON "ChildChange"("childId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Carer_codeHash_key" ON "Carer"("codeHash");

-- CreateIndex
CREATE INDEX "Carer_personId_idx" ON "Carer"("personId");
