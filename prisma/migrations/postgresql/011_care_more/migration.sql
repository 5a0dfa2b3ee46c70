-- AlterTable
ALTER TABLE "Carer" ADD COLUMN     "codeHash" TEXT,
ADD COLUMN     "codeUntil" TEXT,
ADD COLUMN     "linkedAt" TEXT,
ADD COLUMN     "personId" TEXT;

-- AlterTable
ALTER TABLE "Letter" ADD COLUMN     "byId" TEXT;

-- CreateTable
CREATE TABLE "ChildChange" (
    "id" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "wordsEnc" BYTEA NOT NULL,

    CONSTRAINT "ChildChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ChildChange_childId_at_idx" ON "ChildChange"("childId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Carer_codeHash_key" ON "Carer"("codeHash");

-- CreateIndex
CREATE INDEX "Carer_personId_idx" ON "Carer"("personId");
