using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Mosquitto;

/// <summary>
/// Who may do what at Mosquitto 2, from the registry of displays: a password file, an access list and the settings that go with them. Every file
/// is replaced whole and readable by its owner alone.
/// </summary>
internal sealed class MosquittoAccess(RootKeySeal seal)
{
    public const string PasswordFile = "passwords";
    public const string AccessFile = "access";
    public const string SettingsFile = "taxicredit.conf";

    /// <summary>Rounds of PBKDF2: one, for the passwords are 256 random bits, and more would only make every storm of connections slower.</summary>
    private const int Rounds = 1;

    private const int SaltBytes = 12;
    private const int HashBytes = 64;

    /// <param name="folder">Is made if it is not there.</param>
    /// <returns>Number of displays; those whose root key cannot be opened are not among them and cannot log on.</returns>
    /// <exception cref="IOException">The files before are unharmed.</exception>
    public async Task<int> WriteAsync(string folder, BrokerSettings settings, DispatchContext db, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        var displays = 0;
        await ReplaceAsync(Path.Combine(folder, PasswordFile), async file =>
        {
            await file.WriteAsync(PasswordLine(settings.User, settings.Password));
            await foreach (var display in db.DisplaysInCabs.AsNoTracking().OrderBy(display => display.Id).AsAsyncEnumerable().WithCancellation(stop))
            {
                if (!seal.TryOpen(display, out var rootKey))
                    continue;
                // Of the epoch in use: a cab that has been told of the next one tries both until it gets a message signed with it.
                await file.WriteAsync(PasswordLine(display.Code, DisplayKeys.DerivePassword(rootKey, display.Epoch)));
                CryptographicOperations.ZeroMemory(rootKey);
                displays++;
            }
        });
        await ReplaceAsync(Path.Combine(folder, AccessFile), file => file.WriteAsync(AccessList(settings.User)));
        await ReplaceAsync(Path.Combine(folder, SettingsFile), file => file.WriteAsync(MosquittoSettings.Write(folder, settings)));
        return displays;
    }

    /// <summary>Mosquitto's own form: PBKDF2 with SHA-512, rounds, salt, hash.</summary>
    private static string PasswordLine(string user, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Rounds, HashAlgorithmName.SHA512, HashBytes);
        return $"{user}:$7${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}\n";
    }

    /// <summary>The same however many displays there are: <c>%u</c> is the name that a client has proven.</summary>
    private static string AccessList(string server)
    {
        string[] up = [Topics.State, Topics.Incidents];
        return string.Concat(
            [
                $"user {server}\n",
                .. up.Select(leaf => $"topic read {Topics.Of("+", leaf)}\n"),
                .. Topics.Down.Select(leaf => $"topic write {Topics.Of("+", leaf)}\n"),
                $"topic readwrite {Topics.Servers}\n",
                "\n",
                .. up.Select(leaf => $"pattern write {Topics.Of("%u", leaf)}\n"),
                .. Topics.Down.Select(leaf => $"pattern read {Topics.Of("%u", leaf)}\n"),
            ]);
    }

    private static async Task ReplaceAsync(string path, Func<StreamWriter, Task> write)
    {
        var next = $"{path}.next";
        // One that a crash has left may have other rights.
        File.Delete(next);
        await using (var file = new StreamWriter(next, PrivateFile.Making(FileMode.Create)))
            await write(file);
        File.Move(next, path, overwrite: true);
    }
}
