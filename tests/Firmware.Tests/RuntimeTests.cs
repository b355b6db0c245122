using System.Buffers.Binary;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Firmware.Tests;

/// <summary>firmware/runtime.json: the interpreter and the packages belong together. A pair whose native checksums differ does not start.</summary>
[TestClass]
public sealed partial class RuntimeTests
{
    private const string Image = "firmware/TaxiCredit.Firmware";
    private const string LoaderImage = "firmware/TaxiCredit.Loader";
    private const string DeviceTests = "tests/Firmware.Tests/Device";

    /// <summary>Where a .pe file says which native code it wants: after the marker and two checksums of its own, and its flags.</summary>
    private const int ChecksumAt = 20;

    private static readonly Package[] Packages = Read();

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(Image, "TaxiCredit.Firmware.nfproj")]
    [DataRow(LoaderImage, "TaxiCredit.Loader.nfproj")]
    [DataRow(DeviceTests, "NFUnitTest.nfproj")]
    public void Project_Packages_AreThePinnedOnes(string folder, string project)
    {
        string config = File.ReadAllText(Path.Combine(Readme.Root, folder, "packages.config"));
        string[] listed = [.. Listed().Matches(config).Select(m => $"{m.Groups[1].Value}.{m.Groups[2].Value}")];
        CollectionAssert.IsSubsetOf(listed, Packages.Select(p => $"{p.Id}.{p.Version}").ToArray());
        string[] referenced = [.. Hint().Matches(File.ReadAllText(Path.Combine(Readme.Root, folder, project))).Select(m => m.Groups[1].Value).Distinct()];
        CollectionAssert.AreEquivalent(listed, referenced, "what is restored is what is referenced");
    }

    [TestMethod]
    public void Packages_ThatArePinned_AreAllUsed()
    {
        string all = string.Concat(new[] { Image, DeviceTests }.Select(folder => File.ReadAllText(Path.Combine(Readme.Root, folder, "packages.config"))));
        foreach (Package package in Packages) StringAssert.Contains(all, $"id=\"{package.Id}\" version=\"{package.Version}\"");
    }

    /// <summary>Stand-ins of the public API have no .pe: what could be compared is printed.</summary>
    [TestMethod]
    public void Packages_WhereTheyAreAtHand_WantTheInterpretersNativeCode()
    {
        string[] faults = [.. Packages.SelectMany(package => Faults(package, Path.Combine(Readme.Root, "packages")))];
        int compared = Packages.Count(p => Pe(p, Path.Combine(Readme.Root, "packages")) != null);
        TestContext.WriteLine($"{compared} of {Packages.Length} packages compared");
        Assert.AreEqual("", string.Join('\n', faults));
    }

    /// <summary>The pair of July 2026: an interpreter one commit newer than the library.</summary>
    [TestMethod]
    [DataRow(0x6DFA71D6u, "")]
    [DataRow(0x8EFB9944u, "nanoFramework.System.Net 1.11.60 wants native code 0x8EFB9944, the interpreter has 0x6DFA71D6")]
    public void Packages_OfAnotherInterpreter_AreNamed(uint checksum, string fault)
    {
        Package net = Packages.Single(p => p.Id == "nanoFramework.System.Net");
        string root = Directory.CreateTempSubdirectory("packages-").FullName;
        string lib = Directory.CreateDirectory(Path.Combine(root, $"{net.Id}.{net.Version}", "lib")).FullName;
        byte[] pe = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(pe.AsSpan(ChecksumAt), checksum);
        File.WriteAllBytes(Path.Combine(lib, "System.Net.pe"), pe);

        Assert.AreEqual(fault, string.Join('\n', Faults(net, root)));
        Directory.Delete(root, true);
    }

    /// <summary>The image has what its sources use, and what that needs, and nothing else: each assembly costs flash and memory on the device.</summary>
    [TestMethod]
    public void Image_References_AreUsedOrNeededByWhatIs()
    {
        string built = Path.Combine(Readme.Root, Image, "bin/stand-in/Release/TaxiCredit.Firmware.exe");
        if (!File.Exists(built)) Assert.Inconclusive("the device project has not been compiled here (firmware/compile-device)");
        var files = Directory.GetFiles(Path.GetDirectoryName(built)!, "*.dll").ToDictionary(path => Path.GetFileNameWithoutExtension(path)!);
        var needed = new HashSet<string>();
        var open = new Queue<string>(References(built));
        while (open.TryDequeue(out string? name))
        {
            if (!needed.Add(name) || !files.TryGetValue(name, out string? path)) continue;
            foreach (string reference in References(path)) open.Enqueue(reference);
        }

        string project = File.ReadAllText(Path.Combine(Readme.Root, Image, "TaxiCredit.Firmware.nfproj"));
        string[] unused = [.. Reference().Matches(project).Select(m => m.Groups[1].Value).Where(name => !needed.Contains(name))];
        Assert.AreEqual("", string.Join(", ", unused));
    }

    /// <summary>Libraries are flashed with the loader, and never over the air: what a program needs has to be there.</summary>
    [TestMethod]
    public void Loader_References_AreThoseOfTheImage()
    {
        string[] ofImage = HintsOf(Path.Combine(Image, "TaxiCredit.Firmware.nfproj"));
        CollectionAssert.AreEquivalent(ofImage, HintsOf(Path.Combine(LoaderImage, "TaxiCredit.Loader.nfproj")));
        Assert.IsNotEmpty(ofImage);
    }

    private static string[] HintsOf(string project) =>
        [.. HintPath().Matches(File.ReadAllText(Path.Combine(Readme.Root, project))).Select(m => m.Groups[1].Value)];

    private static IEnumerable<string> Faults(Package package, string root)
    {
        if (Pe(package, root) is not { } path) yield break;
        uint wanted = BinaryPrimitives.ReadUInt32LittleEndian(File.ReadAllBytes(path).AsSpan(ChecksumAt));
        if (wanted != package.Checksum)
            yield return $"{package.Id} {package.Version} wants native code 0x{wanted:X8}, the interpreter has 0x{package.Checksum:X8}";
    }

    private static string? Pe(Package package, string root)
    {
        string lib = Path.Combine(root, $"{package.Id}.{package.Version}", "lib");
        string path = Path.Combine(lib, $"{package.Assembly}.pe");
        return package.Assembly.Length > 0 && File.Exists(path) ? path : null;
    }

    private static string[] References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static Package[] Read()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Readme.Root, "firmware/runtime.json")));
        return [.. document.RootElement.GetProperty("packages").EnumerateArray().Select(Of)];
    }

    private static Package Of(JsonElement package)
    {
        string id = package.GetProperty("package").GetString()!;
        JsonElement native = package.GetProperty("native");
        bool isManaged = native.ValueKind == JsonValueKind.Null;
        string checksum = isManaged ? "0x0" : native.GetProperty("checksum").GetString()!;
        string assembly = isManaged ? id : native.GetProperty("assembly").GetString()!;
        string version = package.GetProperty("version").GetString()!;
        return new Package(id, version, assembly, uint.Parse(checksum.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("id=\"([^\"]+)\" version=\"([^\"]+)\"")]
    private static partial Regex Listed();

    [GeneratedRegex(@"\\packages\\([^\\]+)\\lib")]
    private static partial Regex Hint();

    [GeneratedRegex("<HintPath>([^<]+)</HintPath>")]
    private static partial Regex HintPath();

    [GeneratedRegex("<Reference Include=\"([^,]+),")]
    private static partial Regex Reference();

    /// <param name="Id">Package.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="Assembly">Its assembly.</param>
    /// <param name="Checksum">Of the native code that the interpreter has for it; 0 for none.</param>
    private sealed record Package(string Id, string Version, string Assembly, uint Checksum);
}
