using System.Runtime.Versioning;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Machine;

namespace Dispatch.Tests.Databases;

[TestClass, UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taxicredit-").FullName;

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task Program_MakesItsDataFolder_ForItsUserAlone()
    {
        var data = Path.Combine(_folder, "data");
        await using (await ServerProcess.StartAsync(new DispatchOptions { Data = data, Port = LoopbackPort.Take(), MqttPort = LoopbackPort.Take() }))
        {
            var made = Directory.EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();

            Assert.Contains(Path.Combine(data, "dispatch.db"), made);
            Assert.IsTrue(made.Exists(path => path.EndsWith(".xml", StringComparison.Ordinal)), "a key");
            Assert.IsEmpty(PrivateFiles.FindLooser(data, 100));
        }
    }

    [TestMethod]
    [DataRow("600", "700", 0)]
    [DataRow("640", "700", 1)]
    [DataRow("604", "700", 1)]
    [DataRow("600", "701", 1)]
    [DataRow("666", "755", 2)]
    public void FindLooser_ByMode_NamesWhatOthersMayTouch(string file, string folder, int count)
    {
        var path = Path.Combine(_folder, "key");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(file, 8));
        File.SetUnixFileMode(_folder, (UnixFileMode)Convert.ToInt32(folder, 8));

        Assert.HasCount(count, PrivateFiles.FindLooser(_folder, 100));
        Assert.HasCount(Math.Min(count, 1), PrivateFiles.FindLooser(_folder, 1));
    }
}
