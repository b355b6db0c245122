using Dispatch.Tests.Databases;
using TaxiCredit.Dispatch;

namespace Dispatch.Tests.Mqtt;

/// <summary><c>broker-ca</c>, and a server's start with what cannot be served: each fault is one line.</summary>
[TestClass]
public sealed class BrokerCaCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taxicredit-ca-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task BrokerCa_FromMakeToSwitch_LeavesAFolderThatAServerTakes()
    {
        var ca = Path.Combine(_folder, "ca");
        Assert.AreEqual((0, ""), await FaultAsync("broker-ca", "make", "--folder", ca, "--city", "Rongcheng"));
        Assert.AreEqual(2, (await FaultAsync("broker-ca", "make", "--folder", ca)).Code, "never twice");
        Assert.AreEqual((0, ""), await FaultAsync("broker-ca", "issue", "--folder", ca, "--host", "broker.example"));
        Assert.AreEqual((0, ""), await FaultAsync("broker-ca", "switch", "--folder", ca));

        foreach (var file in Directory.GetFiles(ca))
        {
            if (!OperatingSystem.IsWindows())
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
        }

        Assert.IsNull(new TaxiCredit.Dispatch.Mqtt.MqttSettings { Tls = new() { Host = "broker.example", Folder = ca } }.FindFault());
        Assert.Contains("the certificate is not for 'other.example'", new TaxiCredit.Dispatch.Mqtt.MqttSettings
        {
            Tls = new() { Host = "other.example", Folder = ca },
        }.FindFault()!);
    }

    [TestMethod]
    [DataRow("a b")]
    [DataRow("")]
    [DataRow("https://broker.example")]
    public async Task BrokerCa_HostThatIsNone_IsRefused(string host)
    {
        var (code, told) = await FaultAsync("broker-ca", "issue", "--folder", _folder, "--host", host);

        Assert.AreEqual(2, code, told);
        Assert.Contains("--host", told);
    }

    [TestMethod]
    [DataRow("Mqtt:Tls:Host", "", "Mqtt:Tls:Host is empty; it takes the name")]
    [DataRow("Mqtt:Tls:Host", "a b", "Mqtt:Tls:Host is 'a b'")]
    [DataRow("Mqtt:Tls:Host", "elsewhere.example", "have it made for this name, or set Mqtt:Tls:Host")]
    [DataRow("Mqtt:Tls:Address", "everywhere", "Mqtt:Tls:Address is 'everywhere'")]
    [DataRow("Mqtt:Tls:Port", "65536", "Mqtt:Tls:Port is 65536; 0 to 65535.")]
    [DataRow("Mqtt:Tls:CabPort", "0", "Mqtt:Tls:CabPort is 0; 1 to 65535.")]
    [DataRow("Mqtt:Tls:ConnectSeconds", "4", "5 to 300")]
    [DataRow("Mqtt:Tls:ConnectSeconds", "301", "5 to 300")]
    [DataRow("Mqtt:Tls:MaxWaitingPerAddress", "0", "1 to 10000")]
    [DataRow("Mqtt:Tls:MaxWaitingPerAddress", "10001", "1 to 10000")]
    [DataRow("Mqtt:Tls:CertificateFile", "/nowhere.crt", "Mqtt:Tls:CertificateFile: there is no file /nowhere.crt; have the file made anew.")]
    [DataRow("Mqtt:Tls:KeyFile", "/nowhere.key", "Mqtt:Tls:KeyFile: there is no file /nowhere.key; have the file made anew.")]
    [DataRow("Mqtt:Tls:CaFile", "/nowhere.pem", "Mqtt:Tls:CaFile: there is no file /nowhere.pem; have the file made anew.")]
    [DataRow("Mqtt:Tls:KeyFile", null, "takes Folder, which broker-ca makes, or else CertificateFile, KeyFile and CaFile")]
    [DataRow("Mqtt:Tls:Folder", "/nowhere", "takes Folder, which broker-ca makes, or else")]
    [DataRow("Mqtt:Address", "0.0.0.0", "without TLS the embedded broker listens on loopback alone")]
    [DataRow("Mqtt:Broker:Host", "broker.example", "Mqtt:Tls belongs to the embedded broker")]
    public async Task Serve_SettingThatCannotBe_IsOneLine(string key, string? value, string told)
    {
        using var files = new BrokerFiles();
        var settings = files.Settings;
        settings[key] = value;
        if (value is null)
            settings.Remove(key);

        var (code, said) = await FaultAsync(settings, "serve", "--port", "0", "--mqtt-port", "0");

        Assert.AreEqual(2, code, said);
        Assert.Contains(told, said);
        Assert.HasCount(1, said.Trim().Split('\n'), said);
    }

    private Task<(int Code, string Told)> FaultAsync(params string[] arguments) => FaultAsync([], arguments);

    /// <returns>What was written to standard error.</returns>
    private async Task<(int Code, string Told)> FaultAsync(Dictionary<string, string?> settings, params string[] arguments)
    {
        using var process = ServerProcess.Begin(new DispatchOptions { Data = Path.Combine(_folder, "data"), Settings = settings }, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var told = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, told);
    }
}
