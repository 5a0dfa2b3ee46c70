-- AlterTable
ALTER TABLE "File" ADD COLUMN     "height" INTEGER,
ADD COLUMN     "received" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'ready',
ADD COLUMN     "why" TEXT,
ADD COLUMN     "width" INTEGER;

-- CreateIndex
CREATE INDEX "File_personId_idx" ON "File"("personId");

-- CreateIndex
CREATE INDEX "File_state_createdAt_idx" ON "File"("state", "createdAt");
