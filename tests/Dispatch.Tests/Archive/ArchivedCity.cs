using Dispatch.Tests.Crooked;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Verification;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace Dispatch.Tests.Archive;

/// <summary>The closed city with photos in its folder and signed checkpoints, at a server that has stopped.</summary>
internal static class ArchivedCity
{
    /// <summary>What the city keeps that lets somebody in, as texts and as they would stand in a file.</summary>
    public static readonly string[] Secrets = ["\"one\"", "\"two\"", "\"three\"", "sealed 1", "sealed 2", $"{0xfeed:x64}", $"{0xbeef:x64}", "the stamp"];

    public static async Task<CrookedCity> BuildAsync()
    {
        var city = await ClosedCity.BuildAsync();
        await using (var scope = city.Server.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
            db.Add(new Account
            {
                UserName = CrookedCity.Admin, NormalizedUserName = CrookedCity.Admin.ToUpperInvariant(), Number = "N3", PasswordHash = "three",
            });
            await db.SaveChangesAsync();
            foreach (var account in await db.Set<Account>().ToListAsync())
                account.SecurityStamp = "the stamp";
            db.Add(new Invitation
            {
                Name = "d-20", Sha256 = $"{0xbeef:x64}", By = CrookedCity.Admin, ExpiresAt = city.Time.GetUtcNow(), WantsApproval = false,
            });
            db.ApiTokens.Add(new() { Name = "archived", Scopes = "read", Sha256 = $"{0xfeed:x64}", CreatedAt = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync();
            Directory.CreateDirectory(city.Options.Folder.Photos);
            foreach (var photo in await PhotosAsync(db))
                await File.WriteAllBytesAsync(Path.Combine(city.Options.Folder.Photos, photo), PhotoOf(photo));
            await scope.ServiceProvider.GetRequiredService<CheckpointSigning>().SignBothAsync(() => Task.CompletedTask, CancellationToken.None);
        }

        await city.Options.ClearPoolAsync();
        return city;
    }

    public static byte[] PhotoOf(string name) => [0xff, 0xd8, .. System.Text.Encoding.ASCII.GetBytes(name), 0, 0xff, 0xd9];

    public static async Task<List<string>> PhotosAsync(DispatchContext db) =>
        [
            .. (await db.CasePhotos.Select(p => p.File).ToListAsync()).Concat(await db.Set<ReportPhoto>().Select(p => p.File).ToListAsync())
                .Concat(await db.Set<DriverAnswer>().Where(a => a.File != null).Select(a => a.File!).ToListAsync())
                .Concat(await db.Objections.Where(o => o.File != null).Select(o => o.File!).ToListAsync()).Distinct().Order(StringComparer.Ordinal),
        ];
}
