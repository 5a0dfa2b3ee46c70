-- AlterTable
ALTER TABLE "Notice" ADD COLUMN "arrivedAt" TEXT;
ALTER TABLE "Notice" ADD COLUMN "lag" INTEGER;
ALTER TABLE "Notice" ADD COLUMN "receipt" TEXT;
ALTER TABLE "Notice" ADD COLUMN "takenAt" TEXT;

-- CreateTable
CREATE TABLE "Lent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "valueEnc" BLOB,
    "until" TEXT NOT NULL,
    "leaseUntil" TEXT,
    "forcedAt" TEXT
);

-- CreateTable
CREATE TABLE "ChannelDay" (
    "channel" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "sent" INTEGER NOT NULL,

    PRIMARY KEY ("channel", "day")
);

-- CreateTable
CREATE TABLE "ChannelStop" (
    "channel" TEXT NOT NULL PRIMARY KEY,
    "until" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "at" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "NoticeDay" (
    "day" TEXT NOT NULL PRIMARY KEY,
    "handed" INTEGER NOT NULL,
    "prompt" INTEGER NOT NULL,
    "givenUp" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Agreed" (
    "identityId" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "credit" INTEGER NOT NULL,
    "at" TEXT NOT NULL,

    PRIMARY KEY ("identityId", "template")
);

-- CreateTable
CREATE TABLE "PushDoor" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "endpointHash" TEXT NOT NULL,
    "doorEnc" BLOB NOT NULL,
    "createdAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Pushed" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "who" TEXT NOT NULL,
    "bodyEnc" BLOB,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TEXT NOT NULL,
    "at" TEXT NOT NULL
);

-- AlterTable: an added column, no table made anew
ALTER TABLE "Identity" ADD COLUMN "openLeft" INTEGER NOT NULL DEFAULT 0;

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
