-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "openLeft" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "arrivedAt" TEXT,
ADD COLUMN     "lag" INTEGER,
ADD COLUMN     "receipt" TEXT,
ADD COLUMN     "takenAt" TEXT;

-- CreateTable
CREATE TABLE "Lent" (
    "id" TEXT NOT NULL,
    "valueEnc" BYTEA,
    "until" TEXT NOT NULL,
    "leaseUntil" TEXT,
    "forcedAt" TEXT,

    CONSTRAINT "Lent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChannelDay" (
    "channel" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "sent" INTEGER NOT NULL,

    CONSTRAINT "ChannelDay_pkey" PRIMARY KEY ("channel","day")
);

-- CreateTable
CREATE TABLE "ChannelStop" (
    "channel" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    CONSTRAINT "ChannelStop_pkey" PRIMARY KEY ("channel")
);

-- CreateTable
CREATE TABLE "NoticeDay" (
    "day" TEXT NOT NULL,
    "handed" INTEGER NOT NULL,
    "prompt" INTEGER NOT NULL,
    "givenUp" INTEGER NOT NULL,

    CONSTRAINT "NoticeDay_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "Agreed" (
    "identityId" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "credit" INTEGER NOT NULL,
    "at" TEXT NOT NULL,

    CONSTRAINT "Agreed_pkey" PRIMARY KEY ("identityId","template")
);

-- CreateTable
CREATE TABLE "PushDoor" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "endpointHash" TEXT NOT NULL,
    "doorEnc" BYTEA NOT NULL,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "PushDoor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pushed" (
    "id" TEXT NOT NULL,
    "who" TEXT NOT NULL,
    "bodyEnc" BYTEA,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    CONSTRAINT "Pushed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "PushDoor_endpointHash_key" ON "PushDoor"("endpointHash");

-- CreateIndex
CREATE INDEX "PushDoor_personId_idx" ON "PushDoor"("personId");

-- CreateIndex
CREATE INDEX "Pushed_state_dueAt_idx" ON "Pushed"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Pushed_who_state_idx" ON "Pushed"("who", "state");

-- CreateIndex
CREATE INDEX "Notice_recipient_state_idx" ON "Notice"("recipient", "state");

-- CreateIndex
CREATE INDEX "Notice_receipt_idx" ON "Notice"("receipt");

-- CreateIndex
CREATE INDEX "Notice_createdAt_idx" ON "Notice"("createdAt");
