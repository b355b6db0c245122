using System.Text.RegularExpressions;
using Dispatch.Tests.Pages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Outbox.Channels;

namespace Dispatch.Tests.CommandLine;

/// <summary>Where settings come from, and that a slip in a name is told before anything is done.</summary>
[TestClass]
public sealed partial class SettingsTests
{
    private static readonly KnownSettings Known = KnownSettings.Of(new ServiceCollection())
        .Add("Passengers", typeof(PassengerSettings)).Add("Mqtt", typeof(MqttSettings)).Add("Outbox:Sms", typeof(SmsSettings))
        .Add("AllowedHosts").AddFree("Logging");

    [TestMethod]
    [DataRow("Passengers:PublicAddress")]
    [DataRow("passengers:publicaddress", DisplayName = "capitals do not matter")]
    [DataRow("Mqtt:Tls:Host", DisplayName = "an object in an object")]
    [DataRow("Outbox:Sms:Headers:X-Key", DisplayName = "a name that the city chooses")]
    [DataRow("Logging:LogLevel:Anything")]
    [DataRow("AllowedHosts")]
    public void Name_Known_IsTaken(string name) => Assert.IsNull(Known.FindFault(Of(name), Of(name)));

    [TestMethod]
    [DataRow("Mqtt:Tsl:Host", "Mqtt:Tls:Host")]
    [DataRow("Pasengers:PublicAdress", "Passengers:PublicAddress")]
    [DataRow("Mqtt:Tls:Hostxxx", "Mqtt:Tls:Host", DisplayName = "three letters off")]
    [DataRow("Mqtt:Tls:Hostxxxx", null, DisplayName = "four letters off")]
    [DataRow("Logger:LogLevel", null)]
    public void Name_UnknownInTheFile_IsToldWithTheNearest(string name, string? nearest)
    {
        var fault = Known.FindFault(Of("PATH"), Of(name))!;
        StringAssert.Contains(fault, $"The setting {name} is not known; ");
        StringAssert.Contains(fault, nearest is null ? "operations.md lists the settings." : $"did you mean {nearest}?");
    }

    [TestMethod]
    public void Name_UnknownInTheEnvironment_CountsOnlyInSectionsOfThisServer()
    {
        StringAssert.Contains(Known.FindFault(Of("Mqtt:Tls:Hots"), null), "did you mean Mqtt:Tls:Host?");
        Assert.IsNull(Known.FindFault(Of("ASPNETCORE:Whatever"), null));
        Assert.IsNull(Known.FindFault(Of("Mqtt"), null), "a variable of another program that is named as a section");
    }

    [TestMethod]
    public void File_BetweenTheProgramsOwnAndTheEnvironment_AndCredentialsAboveAll()
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-settings-").FullName;
        var prefix = $"TC{Guid.NewGuid():N}_";
        Environment.SetEnvironmentVariable(prefix + "B", "environment");
        Environment.SetEnvironmentVariable(prefix + "C__D", "environment");
        Environment.SetEnvironmentVariable(prefix + "CREDENTIALS_DIRECTORY", folder);
        File.WriteAllText(Path.Combine(folder, "own.json"), """{ "A": "own", "B": "own", "E": "own" }""");
        File.WriteAllText(Path.Combine(folder, "C__D"), "credential");
        var file = Path.Combine(folder, "city.json");
        File.WriteAllText(file, """
            // As the package's: with comments
            { "A": "file", "B": "file", "C": { "D": "file" }, }
            """);
        using var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.Combine(folder, "own.json")).AddEnvironmentVariables(prefix);

        var alone = SettingsFile.Add(configuration, file)!;

        CollectionAssert.AreEqual(
            new[] { "file", "environment", "credential", "own" }, new[] { "A", "B", "C:D", "E" }.Select(name => configuration[name]).ToArray());
        CollectionAssert.AreEquivalent(new[] { "A", "B", "C", "C:D" }, alone.AsEnumerable().Select(setting => setting.Key).ToArray());
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    [DataRow(null, "there is no such file")]
    [DataRow("{ \"Mqtt\": {", "no JSON that can be read")]
    [DataRow("{ \"Mqtt\": { \"Tls\": { \"Hots\": \"a\" } } }", "did you mean Mqtt:Tls:Host?")]
    [DataRow("{ \"Outbox\": { \"Wecom\": { \"Robots\": { \"desk\": { \"Kye\": \"a\" } } } } }", "Outbox:Wecom:Robots:desk:Key is missing")]
    public void Serve_FileThatCannotBe_IsRefusedAndNothingIsMade(string? text, string told)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-settings-").FullName;
        var (file, data) = (Path.Combine(folder, "city.json"), Path.Combine(folder, "data"));
        if (text is not null)
            File.WriteAllText(file, text);

        var fault = Assert.ThrowsExactly<InvalidDataException>(() => DispatchServer.Build(new DispatchOptions { Data = data, SettingsFile = file }));

        StringAssert.Contains(fault.Message, told);
        Assert.IsFalse(File.Exists(Path.Combine(data, "dispatch.db")));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Every name that a document shows as a setting is one; what the documents say cannot be a slip.</summary>
    [TestMethod]
    public void Settings_OfTheDocuments_AreKnown()
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-settings-").FullName;
        using var server = (IDisposable)DispatchServer.Build(new DispatchOptions { Data = folder });
        var known = ((IHost)server).Services.GetRequiredService<KnownSettings>();
        var documents = Directory.EnumerateFiles(Path.Combine(TextsTests.Project, "..", "docs"), "*.md").Select(File.ReadAllText);
        var named = documents.SelectMany(text => Setting().Matches(text))
            .Select(match => match.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal))
            // A section as a whole.
            .Where(name => name != "Mqtt:Tls").ToHashSet();
        Assert.IsGreaterThan(30, named.Count);
        Assert.AreEqual("", string.Join('\n', named.Select(name => known.FindFault(Of(name), null)).OfType<string>()));
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+(?:(?::|__)[A-Z][A-Za-z0-9]+)+)`")]
    private static partial Regex Setting();

    private static IConfiguration Of(string name) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(name, "x")]).Build();
}
