using Dispatch.Tests.Crooked;
using Dispatch.Tests.Databases;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Recognition;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;

namespace Dispatch.Tests.Verification;

/// <summary>The crooked city with at least two rows in every table that anything protects, and nobody who writes to it.</summary>
internal static class ClosedCity
{
    public static async Task<CrookedCity> BuildAsync()
    {
        var city = await CrookedCity.CopyAsync();
        await city.WithDbAsync(async db =>
        {
            await AddAccountsAsync(db);
            await AddReportsAsync(db);
            var cases = await db.Cases.OrderBy(c => c.Id).Take(2).Select(c => c.Id).ToListAsync();
            db.CasePhotos.AddRange(cases.Select(id => new CasePhoto { CaseId = id, File = $"{id:D32}.jpg", Size = 100 }));
            db.AddRange(cases.Select(id => new Recusal { CaseId = id, Actor = CrookedCity.Officer, DeclaredOn = CrookedCity.Today.AddDays((int)-id) }));
            AddHearings(db, cases);
            var drivers = await db.Drivers.OrderBy(d => d.Id).Take(2).Select(d => d.Id).ToListAsync();
            db.AddRange(drivers.Select(id => new Referral
            {
                DriverId = id, Year = 2017, Period = "2017-11", Reason = "Found a wallet.", ReferredBy = CrookedCity.Officer, ReferredOn = CrookedCity.Today,
            }));
            foreach (var membership in await db.Memberships.OrderBy(m => m.Id).Take(2).ToListAsync())
                membership.LeftOn = CrookedCity.Today.AddDays(100 + membership.Id);
            return await db.SaveChangesAsync();
        });
        await AddDisplaysAsync(city);
        await AddLogsAsync(city);
        await city.Options.ClearPoolAsync();
        return city;
    }

    private static void AddHearings(DispatchContext db, List<long> cases)
    {
        foreach (var id in cases)
        {
            var at = DateTimeOffset.UnixEpoch.AddHours(id);
            db.Add(new Triage
            {
                CaseId = id, FromHour = 6, ToHour = 12, Place = $"District {id}", Account = $"What is said of {id}.", Evidence = $"Statement {id}.",
                ExactReason = "The driver names it too.", By = CrookedCity.Officer, On = CrookedCity.Today, At = at,
            });
            db.Add(new HearingNotice
            {
                CaseId = id, Code = $"{id:D12}", ServedOn = CrookedCity.Today, ServedAt = at, AnswerBy = CrookedCity.Today.AddDays(5), Content = "{}",
            });
            db.Add(new DriverAnswer
            {
                CaseId = id, Round = 1, Stance = Stance.BeyondControl, Cause = BeyondControl.Traffic, Text = $"Answer {id}.", File = $"{id:D32}.jpg",
                FileHash = $"{id:x64}", OnPaperBy = CrookedCity.Officer, On = CrookedCity.Today, At = at,
            });
            db.Add(new PendingDecision
            {
                CaseId = id, Verdict = Verdict.Upheld, Code = "S01", Reason = $"Reason {id}.", Corroboration = "A witness.", By = CrookedCity.Officer, At = at,
            });
            AddObjection(db, id, at);
            db.Add(new DecisionDocument { CaseId = id, Year = 2016, Serial = (int)id, Content = "{}", MadeAt = at });
        }
    }

    private static void AddObjection(DispatchContext db, long id, DateTimeOffset at)
    {
        db.Add(new DecisionService
        {
            CaseId = id, Document = ServedDocument.Decision, Means = ServiceMeans.Mail, On = CrookedCity.Today.AddDays((int)-id),
            ObjectBy = CrookedCity.Today.AddDays(15 - (int)id), Proof = $"EMS {id}", By = CrookedCity.Officer, At = at,
        });
        var objection = new Objection
        {
            CaseId = id, Statement = $"Objection {id}.", File = $"{id:D32}.pdf", FileHash = $"{id:x64}", OnPaperBy = CrookedCity.Officer,
            On = CrookedCity.Today.AddDays((int)-id), At = at, RuleBy = CrookedCity.Today.AddDays(14), StaySequence = id,
        };
        objection.End(Ruling.Amended, CrookedCity.Today, CrookedCity.Supervisor, $"Ruling {id}.", "S10");
        db.Add(objection);
        var repair = new Repair
        {
            Id = id, DriverId = db.Set<Case>().Where(c => c.Id == id).Select(c => c.DriverId).Single(), CaseId = id, Rule = "R01",
            Proof = $"Certificate {id}.", OnPaperBy = CrookedCity.Officer, On = CrookedCity.Today, At = at,
        };
        repair.Decide(RepairOutcome.Refused, CrookedCity.Today, CrookedCity.Supervisor, $"Repair {id}.", null);
        repair.Read(at);
        db.Add(repair);
        db.Add(new RulingDocument { CaseId = id, Year = 2016, Serial = (int)id, Content = "{}", MadeAt = at });
    }

    private static async Task AddAccountsAsync(DispatchContext db)
    {
        Account[] accounts =
        [
            new() { UserName = CrookedCity.Officer, NormalizedUserName = CrookedCity.Officer.ToUpperInvariant(), Number = "N1", PasswordHash = "one" },
            new() { UserName = CrookedCity.Supervisor, NormalizedUserName = CrookedCity.Supervisor.ToUpperInvariant(), Number = "N2", PasswordHash = "two" },
        ];
        db.AddRange(accounts.AsEnumerable<object>());
        await db.SaveChangesAsync();
        foreach (var account in accounts)
        {
            db.Add(new IdentityUserToken<int> { UserId = account.Id, LoginProvider = "bureau", Name = "key", Value = $"sealed {account.Id}" });
            db.Add(new IdentityUserPasskey<int>
            {
                UserId = account.Id,
                CredentialId = [1, 2, (byte)account.Id],
                Data = new() { PublicKey = [(byte)account.Id], Name = "phone", AttestationObject = [1], ClientDataJson = [2] },
            });
            db.ApiTokens.Add(new() { Name = $"token {account.Id}", Scopes = "read", Sha256 = $"{account.Id:x64}", CreatedAt = DateTimeOffset.UnixEpoch });
        }
    }

    private static async Task AddReportsAsync(DispatchContext db)
    {
        var cab = await db.Cabs.OrderBy(c => c.Id).FirstAsync();
        foreach (var n in new[] { 1, 2 })
        {
            var report = new PassengerReport
            {
                Receipt = $"receipt-{n}",
                Submission = new Guid(n, 0, 0, new byte[8]),
                Kind = CaseKind.Complaint,
                CabId = cab.Id,
                ConductOn = new(2017, 12, 20 + n),
                Place = $"Gate {n}",
                Account = $"Of report {n}.",
                ReceivedAt = new(2017, 12, 24, 0, n, 0, TimeSpan.Zero),
                SubmittedOn = new(2017, 12, 24),
            };
            db.Add(report);
            await db.SaveChangesAsync();
            db.Add(new ReportContact { ReportId = report.Id, Sealed = [1, (byte)n] });
            db.Add(new ReportPhoto { ReportId = report.Id, File = $"{n:D32}.jpg", Size = n });
        }
    }

    /// <summary>Two days of checkpoints, the second signed with a new key too, a public one, and two holds that were decided.</summary>
    private static async Task AddLogsAsync(CrookedCity city)
    {
        var services = city.Server.Services;
        await city.WithDbAsync(async db =>
        {
            foreach (var evidence in new[] { "3 leaves are missing", "4 leaves are missing" })
            {
                var hold = new PublishingHold { Cause = HoldCause.LogBehind, Evidence = evidence, Since = city.Time.GetUtcNow() };
                hold.Continue(CrookedCity.Supervisor, "Nothing newer is left.", city.Time.GetUtcNow());
                await PublishingHolds.RaiseAsync(db, hold, "crooked", default);
                await db.SaveChangesAsync();
            }

            return 0;
        });
        foreach (var day in new[] { 1, 2 })
        {
            await using var scope = services.CreateAsyncScope();
            var signing = scope.ServiceProvider.GetRequiredService<CheckpointSigning>();
            await signing.SignPublicationAsync(default);
            await signing.SignBothAsync(() => Task.CompletedTask, default);
            if (day == 2)
                return;
            services.GetRequiredService<LogKeyFile>().Add(services.GetRequiredService<IOptions<AnchorSettings>>().Value.OriginOf("crooked"));
            city.Time.Advance(TimeSpan.FromDays(1));
        }
    }

    /// <summary>Two displays with what the server that leads them would have signed for them.</summary>
    private static async Task AddDisplaysAsync(CrookedCity city)
    {
        await city.WithDbAsync(async db =>
        {
            foreach (var code in new[] { "cab-7", "cab-1" })
            {
                var (rootKey, cabId) = (new byte[DisplayKeys.RootKeyBytes], await db.Cabs.Where(c => c.Code == code).Select(c => c.Id).SingleAsync());
                db.Displays.Add(new Display
                {
                    Code = $"disp-{code}",
                    CabId = cabId,
                    SealedRootKey = city.Server.Services.GetRequiredService<RootKeySeal>().Seal(rootKey),
                    ProvisionedAt = city.Time.GetUtcNow(),
                    PasswordSha256 = DisplayKeys.HashPassword(DisplayKeys.DerivePassword(rootKey, epoch: 1)),
                });
            }

            await db.SaveChangesAsync();
            var moved = await db.Displays.OrderBy(d => d.Id).FirstAsync();
            db.PastPlacements.Add(PastPlacement.Of(moved, moved.ProvisionedAt, MoveDisplay.Because));
            await db.SaveChangesAsync();
            var registry = city.Server.Services.GetRequiredService<DisplayRegistry>();
            await registry.RefreshAsync(db, null, default);
            var cabs = await db.Displays.Select(d => d.CabId).ToListAsync();
            var now = city.Time.GetUtcNow();
            var settings = city.Server.Services.GetRequiredService<IOptions<DisplaySettings>>().Value;
            foreach (var truth in await CabTruth.ReadAsync(db, cabs, CrookedCity.Today, default))
            {
                Assert.IsTrue(registry.TryFind(truth.DisplayId, out var display));
                db.Add(DesiredRating.Sign(display, truth.ContentAt(now), 100 + truth.DisplayId, now.ToUnixTimeSeconds()));
                db.Add(DesiredConfig.Sign(display, settings.For(1), 100 + truth.DisplayId, now.ToUnixTimeSeconds()));
            }

            return await db.SaveChangesAsync();
        });
    }
}
