using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Workshop;

namespace Dispatch.Tests.Displays;

/// <summary>A workshop registers many units from one file: all of them or none.</summary>
[TestClass]
public class WorkshopTests
{
    [TestMethod]
    public async Task Register_ManyUnits_ReturnsFilesLabelsLinesAndWhatIsMissing()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 3);
        await city.TryProvisionAsync("disp-0002", "c-3");
        await PostAsync(city, "displays/disp-0002/take-out", JsonContent.Create(new { to = "stock", reason = "repaired" }));

        var label = UnitLabel.TextOf("http://x", "displays", "disp-0002");
        using var answer = await RegisterAsync(city, $"unit,cab,ssid,psk\ndisp-0001,c-1,cab net,passphrase\n{label},c-2,,\n");

        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, await answer.Content.ReadAsStringAsync());
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.AreEqual(
            "flash.txt labels.pdf missing.txt units/disp-0001/config.json units/disp-0001/deploy.json units/disp-0002/config.json units/disp-0002/deploy.json",
            string.Join(' ', zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)));
        var first = JsonDocument.Parse(await TextAsync(zip, "units/disp-0001/config.json")).RootElement;
        Assert.AreEqual(("cab net", "passphrase"), (first.GetProperty("ssid1").GetString(), first.GetProperty("psk1").GetString()));
        StringAssert.Contains(await TextAsync(zip, "flash.txt"), "(cd units/disp-0002 && nanoff --serialport /dev/ttyUSB0 --filedeployment deploy.json)");
        StringAssert.Contains(await TextAsync(zip, "missing.txt"), "[ ] c-3 ");
        StringAssert.StartsWith(await TextAsync(zip, "labels.pdf"), "%PDF");
        var unit = JsonSerializer.Deserialize<UnitConfig>(await TextAsync(zip, "units/disp-0002/config.json"))!;
        await using var cab = await TestCab.ConnectAsync(unit, city.MqttPort, epoch: unit.Epoch);
        await cab.NextAsync("rating");
        var missing = await city.Client.GetFromJsonAsync<JsonElement>("workshop/missing");
        Assert.AreEqual((1, 2), (missing.GetProperty("cabsWithoutUnit").GetArrayLength(), missing.GetProperty("unitsNeverHeard").GetArrayLength()));
    }

    [TestMethod]
    public async Task Register_FileWithFaults_NamesEachAndDoesNothing()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 3);
        await city.ProvisionAsync(1);
        (string Line, string Expected)[] bad =
        [
            ("disp-0005,c-9", "the code of a cab in the roster"),
            ("disp-0005,c-1", "this one has 'disp-0001'"),
            ("disp-0001,c-2", "a unit that is in no cab"),
            ("no,c-2", "4 to 32 characters"),
            ("disp-0005,c-2\ndisp-0006,c-2", "each cab once; this one stands in line 2 already"),
            ("disp-0005,c-2\ndisp-0005,c-3", "each unit once; this one stands in line 2 already"),
            (UnitLabel.TextOf("https://other", "elsewhere", "disp-0005") + ",c-2", "this label is of 'elsewhere'"),
            ("", "at least one unit"),
        ];
        foreach (var (line, expected) in bad)
        {
            using var answer = await RegisterAsync(city, $"unit,cab\n{line}\n");
            StringAssert.Contains(await answer.Content.ReadAsStringAsync(), expected);
            await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.UnprocessableEntity, "units-file-faults");
        }

        using var psk = await RegisterAsync(city, "unit,cab,ssid,psk\ndisp-0005,c-2,net,1234567\n");
        StringAssert.Contains(await psk.Content.ReadAsStringAsync(), "8 to 64 bytes");
        Assert.AreEqual(1, await city.WithDbAsync(db => db.Displays.CountAsync()), "nothing was done");
    }

    [TestMethod]
    [DataRow(1_000_000, "units-file-faults", HttpStatusCode.UnprocessableEntity)]
    [DataRow(1_000_001, "units-file-oversize", HttpStatusCode.BadRequest)]
    public async Task Register_ByLength_IsReadOrRefused(int length, string rule, HttpStatusCode status)
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);

        using var answer = await RegisterAsync(city, "unit,cab\n".PadRight(length, '\n'));

        await SmallCity.AssertRefusalAsync(answer, status, rule);
    }

    private static Task<HttpResponseMessage> RegisterAsync(DisplayCity city, string csv) =>
        PostAsync(city, "workshop/units", new StringContent(csv, Encoding.UTF8, "text/csv"));

    private static Task<HttpResponseMessage> PostAsync(DisplayCity city, string path, HttpContent content) =>
        city.Client.PostAsync($"{path}?actor={DisplayCity.Keeper}", content);

    private static async Task<string> TextAsync(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return await reader.ReadToEndAsync();
    }
}
