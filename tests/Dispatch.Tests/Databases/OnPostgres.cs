using Dispatch.Tests.Accounts;
using Dispatch.Tests.Anchor;
using Dispatch.Tests.Archive;
using Dispatch.Tests.Backups;
using Dispatch.Tests.Bureau;
using Dispatch.Tests.Cases;
using Dispatch.Tests.Chronicle;
using Dispatch.Tests.Crooked;
using Dispatch.Tests.Databases.Plans;
using Dispatch.Tests.Desk;
using Dispatch.Tests.Displays;
using Dispatch.Tests.Exchange;
using Dispatch.Tests.Health;
using Dispatch.Tests.Jobs;
using Dispatch.Tests.Ledger;
using Dispatch.Tests.MonthClose;
using Dispatch.Tests.LostProperty;
using Dispatch.Tests.Mqtt;
using Dispatch.Tests.Notices;
using Dispatch.Tests.Operations;
using Dispatch.Tests.Operations.Reads;
using Dispatch.Tests.Outbox;
using Dispatch.Tests.Pages;
using Dispatch.Tests.Passengers;
using Dispatch.Tests.Privacy;
using Dispatch.Tests.Recognition;
using Dispatch.Tests.Registers;
using Dispatch.Tests.Roster;
using Dispatch.Tests.Statistics;
using Dispatch.Tests.Verification;

namespace Dispatch.Tests.Databases;

/// <summary>
/// The tests of this class run with PostgreSQL instead of SQLite: always, if a reason says what of them the database decides; otherwise with
/// <c>./test --all</c>, but for those tests that <see cref="DecidedByDatabaseAttribute"/> names.
/// </summary>
/// <param name="because">As in <see cref="DecidedByDatabaseAttribute"/>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OnPostgresAttribute(string? because = null) : TestCategoryBaseAttribute
{
    public string? Because => because;

    public override IList<string> TestCategories => because is null ? ["both"] : [];
}

/// <summary>What this test asserts depends on the database, so that it always runs on both, whatever its class does.</summary>
/// <param name="because">What it touches (locks, SQL by hand, order, types, transactions), a colon, and how.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DecidedByDatabaseAttribute(string because) : TestCategoryBaseAttribute
{
    public string Because => because;

    public override IList<string> TestCategories => ["database"];
}

// Every class of tests that stores something, inherited: the same tests on the other database.

[TestClass, OnPostgres("types: each database plans its own way")]
public sealed class QueryPlanOnPostgresTests : QueryPlanTests;

[TestClass, OnPostgres]
public sealed class TokenOnPostgresTests : TokenTests;

[TestClass, OnPostgres]
public sealed class ScopeOnPostgresTests : ScopeTests;

[TestClass, OnPostgres]
public sealed class OutdatedPreviewPageOnPostgresTests : OutdatedPreviewPageTests;

[TestClass, OnPostgres]
public sealed class AuthorizationOnPostgresTests : AuthorizationTests;

[TestClass, OnPostgres("types: each database is read and filled in its own way")]
public sealed class ArchiveOnPostgresTests : ArchiveTests;

[TestClass, OnPostgres("types: each database is read and filled in its own way")]
public sealed class BackupOnPostgresTests : BackupTests;

[TestClass, OnPostgres]
public sealed class BackupJobOnPostgresTests : BackupJobTests;

[TestClass, OnPostgres]
public sealed class BackupHealthOnPostgresTests : BackupHealthTests;

[TestClass, OnPostgres("transactions: a refused restore is rolled back")]
public sealed class ArchiveRefusalOnPostgresTests : ArchiveRefusalTests;

[TestClass, OnPostgres("types: each database has columns of its own")]
public sealed class ArchiveWalkOnPostgresTests : ArchiveWalkTests;

[TestClass, OnPostgres]
public sealed class SecondFactorOnPostgresTests : SecondFactorTests;

[TestClass, OnPostgres]
public sealed class SecondPersonOnPostgresTests : SecondPersonTests;

[TestClass, OnPostgres]
public sealed class DutiesOnPostgresTests : DutiesTests;

[TestClass, OnPostgres]
public sealed class SignInOnPostgresTests : SignInTests;

[TestClass, OnPostgres]
public sealed class InvitationOnPostgresTests : InvitationTests;

[TestClass, OnPostgres]
public sealed class SessionOnPostgresTests : SessionTests;

[TestClass, OnPostgres]
public sealed class LiveSessionOnPostgresTests : LiveSessionTests;

[TestClass, OnPostgres]
public sealed class CasesOnPostgresTests : CasesTests;

[TestClass, OnPostgres]
public sealed class CaseQueueOnPostgresTests : CaseQueueTests;

[TestClass, OnPostgres]
public sealed class HearingOnPostgresTests : HearingTests;

[TestClass, OnPostgres]
public sealed class TakeBackOnPostgresTests : TakeBackTests;

[TestClass, OnPostgres]
public sealed class ObjectionOnPostgresTests : ObjectionTests;

[TestClass, OnPostgres]
public sealed class RulingOnPostgresTests : RulingTests;

[TestClass, OnPostgres]
public sealed class RepairOnPostgresTests : RepairTests;

[TestClass, OnPostgres]
public sealed class RepairPageOnPostgresTests : RepairPageTests;

[TestClass, OnPostgres]
public sealed class WrongDriverOnPostgresTests : WrongDriverTests;

[TestClass, OnPostgres]
public sealed class CorrectShiftOnPostgresTests : CorrectShiftTests;

[TestClass, OnPostgres]
public sealed class DecisionPageOnPostgresTests : DecisionPageTests;

[TestClass, OnPostgres]
public sealed class CloseCaseOnPostgresTests : CloseCaseTests;

[TestClass, OnPostgres]
public sealed class ComplexCaseOnPostgresTests : ComplexCaseTests;

[TestClass, OnPostgres]
public sealed class ProspectOnPostgresTests : ProspectTests;

[TestClass, OnPostgres]
public sealed class DisplaysApiOnPostgresTests : DisplaysApiTests;

[TestClass, OnPostgres]
public sealed class IncidentOnPostgresTests : IncidentTests;

[TestClass, OnPostgres]
public sealed class KeyRotationOnPostgresTests : KeyRotationTests;

[TestClass, OnPostgres]
public sealed class ReportOnPostgresTests : ReportTests;

[TestClass, OnPostgres]
public sealed class WindscreenOnPostgresTests : WindscreenTests;

[TestClass, OnPostgres("SQL by hand: a lease is taken by one statement of each database, and kept by its row locks")]
public sealed class LeaseOnPostgresTests : LeaseTests;

[TestClass, OnPostgres("SQL by hand: the baseline of each database is a script of its own")]
public sealed class BaselineOnPostgresTests : BaselineTests;

[TestClass, OnPostgres("types: each database keeps what the baseline stored in its own types")]
public sealed class UpgradeOnPostgresTests : UpgradeTests;

[TestClass, OnPostgres]
public sealed class MonthCloseOnPostgresTests : MonthCloseTests;

[TestClass, OnPostgres]
public sealed class RevisionsDueOnPostgresTests : RevisionsDueTests;

[TestClass, OnPostgres]
public sealed class MonthDeskOnPostgresTests : MonthDeskTests;

[TestClass, OnPostgres]
public sealed class WithdrawSignatureOnPostgresTests : WithdrawSignatureTests;

[TestClass, OnPostgres]
public sealed class FirstPreviewOnPostgresTests : FirstPreviewTests;

[TestClass, OnPostgres("transactions: a close commits batch by batch under a lease, and reads ahead over a second connection")]
public sealed class InterruptedCloseOnPostgresTests : InterruptedCloseTests;

[TestClass, OnPostgres("transactions: a process dies before and after each commit")]
public sealed class KilledCloseOnPostgresTests : KilledCloseTests;

[TestClass, OnPostgres("SQL by hand: append-only triggers, and the ledger in brief that a replay reads")]
public sealed class ReplayOnPostgresTests : ReplayTests
{
    /// <summary>SQLite has no TRUNCATE, and PostgreSQL's passes by the triggers of rows.</summary>
    [TestMethod]
    [DataRow("TRUNCATE \"Ledger\" CASCADE")]
    [DataRow("TRUNCATE \"Audit\"")]
    [DataRow("TRUNCATE \"Ratings\"")]
    [DataRow("TRUNCATE \"Signature\"")]
    [DataRow("TRUNCATE \"Closes\" CASCADE")]
    public Task Database_TruncatingAnAppendOnlyTable_IsRefused(string sql) => Database_ChangeOfAnAppendOnlyTable_IsRefused(sql);
}

[TestClass, OnPostgres("SQL by hand: triggers of the stored rulebooks")]
public sealed class StoredRulebookOnPostgresTests : StoredRulebookTests;

[TestClass, OnPostgres]
public sealed class OutdatedPreviewOnPostgresTests : OutdatedPreviewTests;

[TestClass, OnPostgres]
public sealed class PreviewLookOnPostgresTests : PreviewLookTests;

[TestClass, OnPostgres("types: a row is committed to as the database gives it back, which each does in its own way")]
public sealed class ChronicleOnPostgresTests : ChronicleTests;

[TestClass, OnPostgres]
public sealed class MutationOnPostgresTests : MutationTests;

[TestClass, OnPostgres]
public sealed class RecognitionOnPostgresTests : RecognitionTests;

[TestClass, OnPostgres]
public sealed class RosterOnPostgresTests : RosterTests;

[TestClass, OnPostgres("locks: two connections and two processes append to one chain")]
public sealed class AppendTogetherOnPostgresTests : AppendTogetherTests;

[TestClass, OnPostgres]
public sealed class ImportOnPostgresTests : ImportTests;

[TestClass, OnPostgres("SQL by hand: COPY into every table; an export reads in one repeatable-read transaction")]
public sealed class RoundTripOnPostgresTests : RoundTripTests;

[TestClass, OnPostgres("SQL by hand: COPY into every table")]
public sealed class AfterDecisionRoundTripOnPostgresTests : AfterDecisionRoundTripTests;

[TestClass, OnPostgres("locks: two servers at one lease")]
public sealed class NeighbourOnPostgresTests : NeighbourTests;

[TestClass, OnPostgres]
public sealed class PassengerReportOnPostgresTests : PassengerReportTests;

[TestClass, OnPostgres]
public sealed class LostPropertyOnPostgresTests : LostPropertyTests;

[TestClass, OnPostgres]
public sealed class LossContactOnPostgresTests : LossContactTests;

[TestClass, OnPostgres]
public sealed class LostPagesOnPostgresTests : LostPagesTests;

[TestClass, OnPostgres]
public sealed class WithdrawReportOnPostgresTests : WithdrawReportTests;

[TestClass, OnPostgres]
public sealed class ReportReviewOnPostgresTests : ReportReviewTests;

[TestClass, OnPostgres]
public sealed class PassengerDeskOnPostgresTests : PassengerDeskTests;

[TestClass, OnPostgres]
public sealed class CaseHoldersOnPostgresTests : CaseHoldersTests;

[TestClass, OnPostgres]
public sealed class DeskPageOnPostgresTests : DeskPageTests;

[TestClass, OnPostgres]
public sealed class TakeCallOnPostgresTests : TakeCallTests;

[TestClass, OnPostgres("types: names are sought by a part of them")]
public sealed class SeekDriverOnPostgresTests : SeekDriverTests;

[TestClass, OnPostgres]
public sealed class RecordPageOnPostgresTests : RecordPageTests;

[TestClass, OnPostgres]
public sealed class CasePhotoOnPostgresTests : CasePhotoTests;

[TestClass, OnPostgres]
public sealed class ErasureOnPostgresTests : ErasureTests;

[TestClass, OnPostgres]
public sealed class StarCheckOnPostgresTests : StarCheckTests;

[TestClass, OnPostgres]
public sealed class CreditReportOnPostgresTests : CreditReportTests;

[TestClass, OnPostgres]
public sealed class AuditLogOnPostgresTests : AuditLogTests;

[TestClass, OnPostgres]
public sealed class TakeCabOnPostgresTests : TakeCabTests;

[TestClass, OnPostgres]
public sealed class ChangePlateOnPostgresTests : ChangePlateTests;

[TestClass, OnPostgres]
public sealed class MoveDriverOnPostgresTests : MoveDriverTests;

[TestClass, OnPostgres]
public sealed class LeavingOnPostgresTests : LeavingTests;

[TestClass, OnPostgres]
public sealed class UndoMembershipOnPostgresTests : UndoMembershipTests;

[TestClass, OnPostgres]
public sealed class DriverLifePageOnPostgresTests : DriverLifePageTests;

[TestClass, OnPostgres("transactions: operations that are committed together, or none")]
public sealed class RegisterOnPostgresTests : RegisterTests;

[TestClass, OnPostgres]
public sealed class RegisterPageOnPostgresTests : RegisterPageTests;

[TestClass, OnPostgres]
public sealed class SpellingWalkOnPostgresTests : SpellingWalkTests;

[TestClass, OnPostgres]
public sealed class TeamBoardOnPostgresTests : TeamBoardTests;

[TestClass, OnPostgres]
public sealed class MalformedAddressOnPostgresTests : MalformedAddressTests;

[TestClass, OnPostgres("locks: a lease gives a job to one server, and a fence ends the other")]
public sealed class JobLoopOnPostgresTests : JobLoopTests;

[TestClass, OnPostgres("transactions: what is sent is recorded under the fence of the lease")]
public sealed class OutboxDeliveryOnPostgresTests : OutboxDeliveryTests;

[TestClass, OnPostgres]
public sealed class FailedMessagesOnPostgresTests : FailedMessagesTests;

[TestClass, OnPostgres("transactions: a process dies between sending and recording")]
public sealed class KilledOutboxOnPostgresTests : KilledOutboxTests;

[TestClass, OnPostgres("locks: of two at once with the same key the second must find the first")]
public sealed class OnceOnPostgresTests : OnceTests;

[TestClass, OnPostgres]
public sealed class CityLogOnPostgresTests : CityLogTests;

[TestClass, OnPostgres]
public sealed class DeliveredCheckpointOnPostgresTests : DeliveredCheckpointTests;

[TestClass, OnPostgres]
public sealed class RollbackOnPostgresTests : RollbackTests;

[TestClass, OnPostgres("SQL by hand: the index by which a cab has one place leaves out the units that were in it")]
public sealed class UnitLifeOnPostgresTests : UnitLifeTests;

[TestClass, OnPostgres("transactions: all units of a file or none")]
public sealed class WorkshopOnPostgresTests : WorkshopTests;

[TestClass, OnPostgres]
public sealed class WorkshopPageOnPostgresTests : WorkshopPageTests;

[TestClass, OnPostgres]
public sealed class UnitPageOnPostgresTests : UnitPageTests;

[TestClass, OnPostgres]
public sealed class SignedReportOnPostgresTests : SignedReportTests;

[TestClass, OnPostgres]
public sealed class OutboxPageOnPostgresTests : OutboxPageTests;

[TestClass, OnPostgres]
public sealed class DeskNoticesOnPostgresTests : DeskNoticesTests;

[TestClass, OnPostgres]
public sealed class DriverNoticesOnPostgresTests : DriverNoticesTests;

[TestClass, OnPostgres]
public sealed class HoldsPageOnPostgresTests : HoldsPageTests;

[TestClass, OnPostgres]
public sealed class SignInAnswerOnPostgresTests : SignInAnswerTests;

[TestClass, OnPostgres("locks: looks of several servers come into one log")]
public sealed class ReadSpoolOnPostgresTests : ReadSpoolTests;

[TestClass, OnPostgres]
public sealed class LooksWalkOnPostgresTests : LooksWalkTests;

[TestClass, OnPostgres]
public sealed class OfficeCheckOnPostgresTests : OfficeCheckTests;

[TestClass, OnPostgres]
public sealed class ManyCallersOnPostgresTests : ManyCallersTests;

[TestClass, OnPostgres]
public sealed class HealthOnPostgresTests : HealthTests;

[TestClass, OnPostgres("SQL by hand: each database sends rows in a form of its own")]
public sealed class RawReadOnPostgresTests : RawReadTests;

[TestClass, OnPostgres("SQL by hand: how long a shift was")]
public sealed class CrookedReadinessOnPostgresTests : CrookedReadinessTests;

[TestClass, OnPostgres]
public sealed class ReadinessPageOnPostgresTests : ReadinessPageTests;

[TestClass, OnPostgres("types: sums, days and distinct drivers as each database counts them")]
public sealed class BulletinOnPostgresTests : BulletinTests;

[TestClass, OnPostgres]
public sealed class BulletinCommandOnPostgresTests : BulletinCommandTests;

[TestClass, OnPostgres("types: days and distinct drivers as each database counts them")]
public sealed class CrookedBulletinOnPostgresTests : CrookedBulletinTests;
