using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Passengers;

/// <summary>What passengers do in a <see cref="DisplayCity"/>, where it is noon of 2018-01-02 until time is advanced.</summary>
internal static class PassengerCity
{
    public static readonly ReportContent Detour = new(CaseKind.Complaint, "S01", "A detour by the harbour.", new DateOnly(2018, 1, 2), 12, "Harbour", null);

    public static Task<string> CodeOfAsync(this DisplayCity city, int cab) =>
        city.WithDbAsync(db => db.Cabs.Where(c => c.Code == $"c-{cab}").Select(c => c.PassengerCode).SingleAsync());

    public static async Task<T> InContextAsync<T>(this DisplayCity city, Func<OperationContext, IServiceProvider, Task<T>> work)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<OperationContext>(), scope.ServiceProvider);
    }

    public static async Task<PassengerReport> ReportAsync(
        this DisplayCity city, int cab, ReportContent content, string address = "192.0.2.1", Guid? submission = null, byte[]? photo = null)
    {
        var code = await city.CodeOfAsync(cab);
        return await city.InContextAsync(async (context, all) => (await SubmitReport.HandleAsync(
            new(code, submission ?? Guid.NewGuid(), content, photo, address), context, all.GetRequiredService<ReportDesk>(), CancellationToken.None)).Value);
    }

    public static Task<Receipt?> FollowAsync(this DisplayCity city, string? receipt) =>
        city.InContextAsync((context, _) => Receipt.FindAsync(receipt, context, CancellationToken.None));

    public static async Task<StarCheck?> SeeAsync(this DisplayCity city, int cab, int? stars)
    {
        var code = await city.CodeOfAsync(cab);
        return await city.InContextAsync(async (context, all) =>
        {
            var light = await all.GetRequiredService<CabLights>().FindAsync(code, context.Db, CancellationToken.None);
            return await AnswerStars.HandleAsync(new(light!, stars), context, CancellationToken.None);
        });
    }

    public static Task<PassengerReport> StoredAsync(this DisplayCity city, PassengerReport report) =>
        city.WithDbAsync(db => db.PassengerReports.AsNoTracking().Include(r => r.Case!.Driver).SingleAsync(r => r.Id == report.Id));
}
