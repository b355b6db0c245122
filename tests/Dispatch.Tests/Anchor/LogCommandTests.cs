using System.Runtime.Versioning;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.TransparencyLog;

namespace Dispatch.Tests.Anchor;

[TestClass]
[UnsupportedOSPlatform("windows")]
public sealed class LogCommandTests
{
    private SmallCity _city = null!;
    private string _file = "";

    [TestInitialize]
    public async Task BuildAsync()
    {
        _city = await SmallCity.BuildAsync();
        _file = Path.Combine(_city.Options.Data, "noted.checkpoint");
        await _city.UpholdAsync("d-2", "S01", "2017-08-10");
        await _city.SignBothAsync();
        File.Copy(Path.Combine(_city.Options.Data, "city.checkpoint"), _file);
        await _city.UpholdAsync("d-3", "S01", "2017-08-10");
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Verify_AnEarlierCheckpoint_HoldsUntilHistoryIsRewritten()
    {
        var (before, told) = await RunAsync("verify", "--checkpoint", _file);
        await _city.RewriteAsync(1, points: -100);

        var (after, differs) = await RunAsync("verify", "--checkpoint", _file);

        Assert.AreEqual((0, 1), (before, after), told + differs);
        Assert.Contains("verified: the first 2 leaves of the City log are as they were signed, by 2 checkpoints", told);
        Assert.Contains("DIFFERS City log: leaf 0: Entry 1 is not what the log committed to\nnot verified", differs);
    }

    [TestMethod]
    public async Task Verify_ACheckpointOfAnotherCity_IsRefused()
    {
        var other = NoteSigner.Create("other.example");
        await File.WriteAllTextAsync(_file, SignedNote.Sign(new Checkpoint("other.example", 0, MerkleHash.Empty).Text, [other]));

        var (unknown, byNobody) = await RunAsync("verify", "--checkpoint", _file);
        var (code, told) = await RunAsync("verify", "--checkpoint", _file, "--key", other.Verifier.Text);

        Assert.AreEqual((2, 2), (unknown, code), told);
        Assert.Contains("No key that is known here has signed this.", byNobody);
        Assert.Contains("is of the log 'other.example'; this city's is 'small.log.invalid'.", told);
    }

    [TestMethod]
    public async Task Verify_AForgedCheckpoint_IsRefused()
    {
        var note = await File.ReadAllTextAsync(_file);
        await File.WriteAllTextAsync(_file, note.Replace("\n2\n", "\n3\n", StringComparison.Ordinal));

        var (code, told) = await RunAsync("verify", "--checkpoint", _file);

        Assert.AreEqual(2, code, told);
        Assert.Contains("The signature by small.log.invalid does not hold: the text was changed or the signature forged.", told);
    }

    [TestMethod]
    public async Task Export_OfTheLog_RebuildsTheSignedRootFromItsBundles()
    {
        var folder = Path.Combine(_city.Options.Data, "tiles");

        var (code, told) = await RunAsync("log-export", "--out", folder);
        var (again, refused) = await RunAsync("log-export", "--out", folder);

        Assert.AreEqual(0, code, told);
        var note = await File.ReadAllTextAsync(Path.Combine(folder, "checkpoint"));
        var signed = Checkpoint.Parse(note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 1)]);
        var range = new CompactRange();
        foreach (var tile in Tile.Of(signed.Size).Where(tile => tile.Level == 0))
        {
            var entries = EntryBundle.Read(await File.ReadAllBytesAsync(Path.Combine(folder, tile.BundlePath)));
            Assert.AreSequenceEqual(
                entries.SelectMany(entry => MerkleHash.OfLeaf(entry)).ToArray(), await File.ReadAllBytesAsync(Path.Combine(folder, tile.Path)));
            Assert.IsTrue(entries.TrueForAll(entry => entry.Length == 32), "a bundle holds commitments and nothing else");
            entries.ForEach(entry => range.Append(MerkleHash.OfLeaf(entry)));
        }

        Assert.AreSequenceEqual(signed.Root, range.Root());
        Assert.AreEqual(1, again);
        Assert.Contains("is not empty", refused);
    }

    [TestMethod]
    public async Task Key_Rotated_SignsBesideTheOldOneUntilThatIsRetired()
    {
        var (_, one) = await RunAsync("log-key");
        var (_, two) = await RunAsync("log-key", "--rotate");
        await _city.SignBothAsync();

        var note = await _city.WithDbAsync(db => db.Checkpoints.OrderByDescending(c => c.Id).Select(c => c.Note).FirstAsync());
        var keys = KeysIn(two);
        Assert.HasCount(2, keys);
        Assert.AreEqual(KeysIn(one).Single().Text, keys[0].Text);
        foreach (var key in keys)
            Assert.IsNull(SignedNote.TryOpen(note, [key], out _), "whoever knows either can check");

        var (code, left) = await RunAsync("log-key", "--retire", keys[0].IdHex);
        var (last, refused) = await RunAsync("log-key", "--retire", keys[1].IdHex);
        Assert.AreEqual((0, 2), (code, last), left + refused);
        Assert.AreEqual(keys[1].Text, KeysIn(left).Single().Text);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_city.Options.Data, "log.key")));
    }

    [TestMethod]
    [DataRow(UnixFileMode.GroupRead)]
    [DataRow(UnixFileMode.OtherRead)]
    [DataRow(UnixFileMode.OtherWrite)]
    public async Task Key_ThatOthersCanReadOrWrite_IsNotUsed(UnixFileMode others)
    {
        var path = Path.Combine(_city.Options.Data, "log.key");
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | others);

        var fault = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => _city.SignBothAsync());

        Assert.Contains("can be read or used by others", fault.Message);
        Assert.DoesNotContain("PRIVATE+KEY", fault.Message);
    }

    /// <summary>Among what else a command may say.</summary>
    private static List<NoteVerifier> KeysIn(string told) =>
        [.. told.Split('\n').Where(line => line.StartsWith("small.log.invalid+", StringComparison.Ordinal)).Select(NoteVerifier.Parse)];

    private async Task<(int Code, string Told)> RunAsync(params string[] arguments)
    {
        using var process = ServerProcess.Begin(_city.Options, arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
