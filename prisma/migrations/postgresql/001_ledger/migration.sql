-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Key" (
    "id" TEXT NOT NULL,
    "wrapped" BYTEA,
    "createdAt" TEXT NOT NULL,
    "erasedAt" TEXT,

    CONSTRAINT "Key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "nameEnc" BYTEA,
    "phoneEnc" BYTEA,
    "phoneHash" TEXT,
    "recoveryHash" TEXT,
    "mergedIntoId" TEXT,
    "erasedAt" TEXT,
    "createdAt" TEXT NOT NULL,
    "seenAt" TEXT NOT NULL,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Identity" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "appId" TEXT NOT NULL,
    "addressHash" TEXT NOT NULL,
    "addressEnc" BYTEA NOT NULL,
    "personId" TEXT NOT NULL,
    "provenBy" TEXT,
    "openUntil" TEXT,
    "goneAt" TEXT,
    "createdAt" TEXT NOT NULL,
    "seenAt" TEXT NOT NULL,

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Merge" (
    "id" TEXT NOT NULL,
    "fromPersonId" TEXT NOT NULL,
    "intoPersonId" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "identityIds" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "undoneAt" TEXT,

    CONSTRAINT "Merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "personId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "talkEnc" BYTEA,
    "mode" TEXT NOT NULL DEFAULT 'bot',
    "takenById" TEXT,
    "takenAt" TEXT,
    "readSeq" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TEXT NOT NULL,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "sender" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "externalId" TEXT,
    "bodyEnc" BYTEA NOT NULL,
    "replyToId" TEXT,
    "staffId" TEXT,
    "noticeId" TEXT,
    "at" TEXT NOT NULL,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Unit" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" TEXT,
    "path" TEXT NOT NULL,
    "data" TEXT NOT NULL DEFAULT '{}',
    "closedAt" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "nameEnc" BYTEA NOT NULL,
    "phoneEnc" BYTEA,
    "passwordHash" TEXT,
    "otpEnc" BYTEA,
    "otpConfirmedAt" TEXT,
    "otpLastStep" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" TEXT,
    "inviteHash" TEXT,
    "inviteUntil" TEXT,
    "demo" INTEGER NOT NULL DEFAULT 0,
    "endedAt" TEXT,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "Staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Role" (
    "id" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,

    CONSTRAINT "Role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Login" (
    "id" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "otpPassed" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TEXT NOT NULL,
    "seenAt" TEXT NOT NULL,
    "endedAt" TEXT,

    CONSTRAINT "Login_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DutyShift" (
    "id" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "deputyId" TEXT NOT NULL,
    "leaderId" TEXT NOT NULL,
    "fromAt" TEXT NOT NULL,
    "toAt" TEXT NOT NULL,

    CONSTRAINT "DutyShift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "profile" TEXT NOT NULL DEFAULT '12345',
    "category" TEXT NOT NULL,
    "route" TEXT,
    "personId" TEXT,
    "reporterId" TEXT,
    "holderUnitId" TEXT NOT NULL,
    "holderStaffId" TEXT,
    "townId" TEXT,
    "communityId" TEXT,
    "gridId" TEXT,
    "estate" TEXT,
    "titleEnc" BYTEA NOT NULL,
    "textEnc" BYTEA NOT NULL,
    "placeEnc" BYTEA,
    "nameEnc" BYTEA,
    "phoneEnc" BYTEA,
    "phoneHash" TEXT,
    "dataEnc" BYTEA,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    "noReply" INTEGER NOT NULL DEFAULT 0,
    "level" INTEGER NOT NULL DEFAULT 0,
    "redoCount" INTEGER NOT NULL DEFAULT 0,
    "entryCount" INTEGER NOT NULL DEFAULT 0,
    "queryHash" TEXT NOT NULL,
    "dueAt" TEXT,
    "dueKind" TEXT,
    "grabUntil" TEXT,
    "sameAsId" TEXT,
    "publicSummary" TEXT,
    "lastWordAt" TEXT,
    "residentNewAt" TEXT,
    "createdAt" TEXT NOT NULL,
    "updatedAt" TEXT NOT NULL,
    "closedAt" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Point" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "textEnc" BYTEA NOT NULL,
    "doneAt" TEXT,

    CONSTRAINT "Point_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Order" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "parentId" TEXT,
    "kind" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "staffId" TEXT,
    "leaderId" TEXT,
    "lead" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "reasonEnc" BYTEA,
    "resultEnc" BYTEA,
    "openedAt" TEXT NOT NULL,
    "openedById" TEXT,
    "signedAt" TEXT,
    "dueAt" TEXT,
    "doneAt" TEXT,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Deadline" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "orderId" TEXT,
    "kind" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "due" TEXT NOT NULL,
    "provisional" INTEGER NOT NULL DEFAULT 0,
    "extendedAt" TEXT,
    "pausedAt" TEXT,
    "resumeBy" TEXT,
    "metAt" TEXT,
    "brokenAt" TEXT,
    "endedAt" TEXT,
    "stage" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Deadline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Entry" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "verb" TEXT NOT NULL,
    "public" INTEGER NOT NULL,
    "byKind" TEXT NOT NULL,
    "byId" TEXT,
    "unitId" TEXT,
    "fromState" TEXT,
    "toState" TEXT,
    "bodyEnc" BYTEA,
    "at" TEXT NOT NULL,

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Follow" (
    "caseId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    CONSTRAINT "Follow_pkey" PRIMARY KEY ("caseId","personId")
);

-- CreateTable
CREATE TABLE "Counter" (
    "name" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "Counter_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL,
    "notice" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "personId" TEXT,
    "staffId" TEXT,
    "caseId" TEXT,
    "bodyEnc" BYTEA NOT NULL,
    "urgent" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "dueAt" TEXT NOT NULL,
    "until" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "channel" TEXT,
    "outcome" TEXT,
    "sentAt" TEXT,
    "readAt" TEXT,
    "clearedById" TEXT,
    "clearedHow" TEXT,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeTry" (
    "id" TEXT NOT NULL,
    "noticeId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    CONSTRAINT "NoticeTry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "File" (
    "id" TEXT NOT NULL,
    "personId" TEXT,
    "caseId" TEXT,
    "kind" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "nameEnc" BYTEA,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "File_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "given" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "withdrawnAt" TEXT,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "caseId" TEXT,
    "kinds" TEXT NOT NULL,
    "becauseEnc" BYTEA NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "stage" INTEGER NOT NULL DEFAULT 0,
    "dutyStaffId" TEXT,
    "raisedAt" TEXT NOT NULL,
    "nextAt" TEXT,
    "acknowledgedAt" TEXT,
    "acknowledgedById" TEXT,

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Audit" (
    "seq" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "staffId" TEXT,
    "what" TEXT NOT NULL,
    "caseId" TEXT,
    "field" TEXT,
    "detailEnc" BYTEA,
    "hash" TEXT NOT NULL,

    CONSTRAINT "Audit_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Draft" (
    "staffId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "bodyEnc" BYTEA NOT NULL,
    "updatedAt" TEXT NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("staffId","subject")
);

-- CreateTable
CREATE TABLE "Attempt" (
    "subject" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "until" TEXT NOT NULL,

    CONSTRAINT "Attempt_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "mediatorId" TEXT NOT NULL,
    "roomId" TEXT NOT NULL,
    "startsAt" TEXT NOT NULL,
    "endsAt" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "heldUntil" TEXT,
    "recordEnc" BYTEA,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Occupancy" (
    "resource" TEXT NOT NULL,
    "quarterHour" INTEGER NOT NULL,
    "sessionId" TEXT NOT NULL,
    "heldUntil" TEXT,

    CONSTRAINT "Occupancy_pkey" PRIMARY KEY ("resource","quarterHour")
);

-- CreateTable
CREATE TABLE "Party" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "personId" TEXT,
    "nameEnc" BYTEA,
    "phoneEnc" BYTEA,
    "inviteHash" TEXT,
    "invitedAt" TEXT,
    "answeredAt" TEXT,
    "consent" INTEGER,

    CONSTRAINT "Party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Volunteer" (
    "id" TEXT NOT NULL,
    "personId" TEXT,
    "nameEnc" BYTEA NOT NULL,
    "phoneEnc" BYTEA,
    "phoneHash" TEXT,
    "body" TEXT,
    "agreementAt" TEXT,
    "trainedAt" TEXT,
    "insuredUntil" TEXT,
    "checkedAt" TEXT,
    "awayFrom" TEXT,
    "awayTo" TEXT,
    "endedAt" TEXT,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "Volunteer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Child" (
    "id" TEXT NOT NULL,
    "pseudonym" TEXT NOT NULL,
    "recordEnc" BYTEA NOT NULL,
    "unitId" TEXT NOT NULL,
    "consentAt" TEXT,
    "consentEnc" BYTEA,
    "consentWithdrawnAt" TEXT,
    "endedAt" TEXT,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "Child_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Carer" (
    "id" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recordEnc" BYTEA NOT NULL,

    CONSTRAINT "Carer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pairing" (
    "id" TEXT NOT NULL,
    "volunteerId" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "startsOn" TEXT NOT NULL,
    "endsOn" TEXT,
    "endReasonEnc" BYTEA,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "Pairing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" TEXT NOT NULL,
    "pairingId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "onDate" TEXT NOT NULL,
    "done" INTEGER NOT NULL,
    "metWith" TEXT,
    "noteEnc" BYTEA,
    "messageId" TEXT,
    "createdAt" TEXT NOT NULL,

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobRun" (
    "id" TEXT NOT NULL,
    "job" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "endedAt" TEXT,
    "count" INTEGER,
    "fault" TEXT,

    CONSTRAINT "JobRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "byId" TEXT,
    "at" TEXT NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Person_recoveryHash_key" ON "Person"("recoveryHash");

-- CreateIndex
CREATE INDEX "Person_phoneHash_idx" ON "Person"("phoneHash");

-- CreateIndex
CREATE INDEX "Identity_personId_idx" ON "Identity"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_channel_appId_addressHash_key" ON "Identity"("channel", "appId", "addressHash");

-- CreateIndex
CREATE INDEX "Merge_intoPersonId_idx" ON "Merge"("intoPersonId");

-- CreateIndex
CREATE INDEX "Conversation_mode_updatedAt_idx" ON "Conversation"("mode", "updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Message_personId_seq_key" ON "Message"("personId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "Message_channel_externalId_key" ON "Message"("channel", "externalId");

-- CreateIndex
CREATE INDEX "Unit_path_idx" ON "Unit"("path");

-- CreateIndex
CREATE INDEX "Unit_kind_idx" ON "Unit"("kind");

-- CreateIndex
CREATE UNIQUE INDEX "Staff_login_key" ON "Staff"("login");

-- CreateIndex
CREATE UNIQUE INDEX "Staff_inviteHash_key" ON "Staff"("inviteHash");

-- CreateIndex
CREATE INDEX "Role_unitId_role_idx" ON "Role"("unitId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "Role_staffId_role_unitId_key" ON "Role"("staffId", "role", "unitId");

-- CreateIndex
CREATE UNIQUE INDEX "Login_tokenHash_key" ON "Login"("tokenHash");

-- CreateIndex
CREATE INDEX "Login_staffId_idx" ON "Login"("staffId");

-- CreateIndex
CREATE INDEX "DutyShift_unitId_fromAt_idx" ON "DutyShift"("unitId", "fromAt");

-- CreateIndex
CREATE UNIQUE INDEX "Case_code_key" ON "Case"("code");

-- CreateIndex
CREATE INDEX "Case_holderUnitId_state_dueAt_idx" ON "Case"("holderUnitId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "Case_holderStaffId_state_dueAt_idx" ON "Case"("holderStaffId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "Case_townId_state_dueAt_idx" ON "Case"("townId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "Case_state_dueAt_idx" ON "Case"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Case_personId_createdAt_idx" ON "Case"("personId", "createdAt");

-- CreateIndex
CREATE INDEX "Case_phoneHash_idx" ON "Case"("phoneHash");

-- CreateIndex
CREATE INDEX "Case_createdAt_idx" ON "Case"("createdAt");

-- CreateIndex
CREATE INDEX "Case_category_communityId_createdAt_idx" ON "Case"("category", "communityId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Point_caseId_no_key" ON "Point"("caseId", "no");

-- CreateIndex
CREATE INDEX "Order_caseId_idx" ON "Order"("caseId");

-- CreateIndex
CREATE INDEX "Order_unitId_state_idx" ON "Order"("unitId", "state");

-- CreateIndex
CREATE INDEX "Deadline_caseId_idx" ON "Deadline"("caseId");

-- CreateIndex
CREATE INDEX "Deadline_endedAt_metAt_due_idx" ON "Deadline"("endedAt", "metAt", "due");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_caseId_no_key" ON "Entry"("caseId", "no");

-- CreateIndex
CREATE INDEX "Notice_state_dueAt_idx" ON "Notice"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Notice_caseId_idx" ON "Notice"("caseId");

-- CreateIndex
CREATE INDEX "Notice_personId_idx" ON "Notice"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Notice_notice_recipient_cause_key" ON "Notice"("notice", "recipient", "cause");

-- CreateIndex
CREATE INDEX "NoticeTry_noticeId_idx" ON "NoticeTry"("noticeId");

-- CreateIndex
CREATE INDEX "File_caseId_idx" ON "File"("caseId");

-- CreateIndex
CREATE INDEX "Consent_personId_purpose_idx" ON "Consent"("personId", "purpose");

-- CreateIndex
CREATE INDEX "Alert_state_nextAt_idx" ON "Alert"("state", "nextAt");

-- CreateIndex
CREATE INDEX "Alert_personId_idx" ON "Alert"("personId");

-- CreateIndex
CREATE INDEX "Audit_caseId_idx" ON "Audit"("caseId");

-- CreateIndex
CREATE INDEX "Audit_staffId_at_idx" ON "Audit"("staffId", "at");

-- CreateIndex
CREATE INDEX "Session_mediatorId_startsAt_idx" ON "Session"("mediatorId", "startsAt");

-- CreateIndex
CREATE INDEX "Occupancy_sessionId_idx" ON "Occupancy"("sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Party_inviteHash_key" ON "Party"("inviteHash");

-- CreateIndex
CREATE INDEX "Party_caseId_idx" ON "Party"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Child_pseudonym_key" ON "Child"("pseudonym");

-- CreateIndex
CREATE INDEX "Carer_childId_idx" ON "Carer"("childId");

-- CreateIndex
CREATE INDEX "Pairing_volunteerId_idx" ON "Pairing"("volunteerId");

-- CreateIndex
CREATE INDEX "Pairing_childId_idx" ON "Pairing"("childId");

-- CreateIndex
CREATE INDEX "Visit_pairingId_onDate_idx" ON "Visit"("pairingId", "onDate");

-- CreateIndex
CREATE INDEX "JobRun_job_startedAt_idx" ON "JobRun"("job", "startedAt");

-- CreateIndex
CREATE INDEX "Setting_name_at_idx" ON "Setting"("name", "at");

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Conversation"("personId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Login" ADD CONSTRAINT "Login_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Point" ADD CONSTRAINT "Point_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deadline" ADD CONSTRAINT "Deadline_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NoticeTry" ADD CONSTRAINT "NoticeTry_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "File" ADD CONSTRAINT "File_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Party" ADD CONSTRAINT "Party_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Carer" ADD CONSTRAINT "Carer_childId_fkey" FOREIGN KEY ("childId") REFERENCES "Child"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_volunteerId_fkey" FOREIGN KEY ("volunteerId") REFERENCES "Volunteer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_childId_fkey" FOREIGN KEY ("childId") REFERENCES "Child"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Visit" ADD CONSTRAINT "Visit_pairingId_fkey" FOREIGN KEY ("pairingId") REFERENCES "Pairing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The search copy: two-character pieces of a grievance's masked text (no phones, ids or names).
CREATE TABLE "CaseSearch" ("caseId" TEXT NOT NULL PRIMARY KEY, "pieces" tsvector NOT NULL);
CREATE INDEX "CaseSearch_pieces_idx" ON "CaseSearch" USING GIN ("pieces");
