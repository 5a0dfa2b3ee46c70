-- CreateTable
CREATE TABLE "Batch" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "effectAt" TEXT NOT NULL,
    "seenAt" TEXT,

    CONSTRAINT "Batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BatchLine" (
    "id" TEXT NOT NULL,
    "batchId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "fromState" TEXT NOT NULL,
    "holderUnitId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "why" TEXT,
    "byId" TEXT,

    CONSTRAINT "BatchLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SavedFilter" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "SavedFilter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Batch_state_effectAt_idx" ON "Batch"("state", "effectAt");

-- CreateIndex
CREATE INDEX "Batch_staffId_createdAt_idx" ON "Batch"("staffId", "createdAt");

-- CreateIndex
CREATE INDEX "BatchLine_batchId_idx" ON "BatchLine"("batchId");

-- CreateIndex
CREATE INDEX "BatchLine_state_idx" ON "BatchLine"("state");

-- CreateIndex
CREATE UNIQUE INDEX "SavedFilter_staffId_name_key" ON "SavedFilter"("staffId", "name");

-- AddForeignKey
ALTER TABLE "BatchLine" ADD CONSTRAINT "BatchLine_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
