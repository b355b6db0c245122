using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.LostProperty;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.LostProperty;

/// <summary>What passengers and drivers do about lost things in a <see cref="SmallCity"/>.</summary>
internal static class LostCity
{
    public static readonly LossForm Phone = new(PropertyKind.Phone, "Black, a crack in the corner", new DateOnly(2017, 8, 14), 9, null);

    public static async Task<Outcome<Loss>> TryAskAsync(this SmallCity city, LossForm? form = null, string cab = "cab-1", Guid? submission = null)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var all = scope.ServiceProvider;
        return await AskForLost.HandleAsync(
            new(cab, submission ?? Guid.NewGuid(), form ?? Phone), all.GetRequiredService<OperationContext>(), all.GetRequiredService<LostDesk>(),
            CancellationToken.None);
    }

    public static async Task<Loss> AskAsync(this SmallCity city, LossForm? form = null, string cab = "cab-1") => (await city.TryAskAsync(form, cab)).Value;

    public static Task<JsonElement> SayFoundAsync(this SmallCity city, Loss loss, string driver = "d-1") => city.PostAsync(
        $"losses/{loss.Number}/answer", new { actor = driver, wasFound = true, description = "A phone below the seat", keptAt = "Counter, 9 to 17" });

    public static Task<Loss> StoredAsync(this SmallCity city, Loss loss) =>
        city.WithDbAsync(db => db.Set<Loss>().AsNoTracking().SingleAsync(l => l.Id == loss.Id));

    public static Task<FoundItem> ThingAsync(this SmallCity city) =>
        city.WithDbAsync(db => db.Set<FoundItem>().AsNoTracking().Include(f => f.Case).OrderByDescending(f => f.Id).FirstAsync());

    public static async Task<LossReceipt?> ReadAsync(this SmallCity city, Loss loss)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var all = scope.ServiceProvider;
        return await LossReceipt.FindAsync(
            loss.Receipt.ToUpperInvariant(), all.GetRequiredService<OperationContext>(), all.GetRequiredService<LostDesk>(), CancellationToken.None);
    }

    /// <summary>From the question to the owner who has it.</summary>
    public static async Task<(Loss Loss, FoundItem Thing)> ReturnAsync(this SmallCity city, string? contact = null, string driver = "d-1", string cab = "cab-1")
    {
        var loss = await city.AskAsync(Phone with { Contact = contact }, cab);
        await city.SayFoundAsync(loss, driver);
        var thing = await city.ThingAsync();
        await city.PostAsync($"found/{thing.Number}/handing-over", new { actor = driver, code = (await city.StoredAsync(loss)).OwnerCode });
        return (loss, thing);
    }
}
