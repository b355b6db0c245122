using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;

namespace Benchmarks.Retained;

/// <summary>A data folder with as many registered displays as a bench needs; their keys follow from their numbers.</summary>
internal sealed class RegisteredCity : IDisposable
{
    private const int PerCommit = 10_000;

    private readonly string[] _passwords;

    private RegisteredCity(int displays) => _passwords = new string[displays];

    public string Folder { get; } = Directory.CreateTempSubdirectory("taxicredit-bench-").FullName;

    public DispatchOptions Options => new() { Data = Folder, Port = 0, MqttPort = 0 };

    public static async Task<RegisteredCity> MakeAsync(int displays)
    {
        var city = new RegisteredCity(displays);
        await using var server = DispatchServer.Build(city.Options);
        await server.PrepareAsync("bench", CancellationToken.None);
        var seal = server.Services.GetRequiredService<RootKeySeal>();
        var team = new Team { Code = "t-1", Name = "All" };
        foreach (var some in Enumerable.Range(0, displays).Chunk(PerCommit))
        {
            await using var scope = server.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
            if (some[0] == 0)
                db.Teams.Add(team);
            await db.SaveChangesAsync();
            var cabs = some.Select(n => new Cab { Code = $"cab-{n}", Plate = $"T{n}", TeamId = team.Id }).ToList();
            db.Cabs.AddRange(cabs);
            await db.SaveChangesAsync();
            var registered = some.Zip(cabs, (n, cab) => city.Register(n, cab.Id, seal)).ToList();
            db.Displays.AddRange(registered);
            await db.SaveChangesAsync();
            db.ReportedTwins.AddRange(registered.ConvertAll(display => new ReportedTwin { DisplayId = display.Id }));
            await db.SaveChangesAsync();
        }
        return city;
    }

    public static string Code(int n) => $"disp-{n:000000}";

    public static byte[] RootKey(int n) => SHA256.HashData(Encoding.ASCII.GetBytes($"bench {n}"));

    public string Password(int n) => _passwords[n];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Display Register(int n, int cabId, RootKeySeal seal)
    {
        var rootKey = RootKey(n);
        _passwords[n] = DisplayKeys.DerivePassword(rootKey, epoch: 1);
        return new()
        {
            Code = Code(n),
            CabId = cabId,
            SealedRootKey = seal.Seal(rootKey),
            ProvisionedAt = DateTimeOffset.UnixEpoch,
            PasswordSha256 = DisplayKeys.HashPassword(_passwords[n]),
        };
    }
}
