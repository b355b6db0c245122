using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using TaxiCredit.Firmware.Logic;

namespace Firmware.Tests;

/// <summary>How much code the logic is: the device keeps it in flash and walks it with an interpreter.</summary>
[TestClass]
public sealed class SizeTests
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxLoaderBytes = 16 * 1024;

    public TestContext TestContext { get; set; } = null!;

    /// <summary>The device assembly where it has been compiled (firmware/compile-device); else the logic alone, as the virtual cab has it.</summary>
    [TestMethod]
    public void DeviceAssembly_Il_FitsIn64Kilobytes()
    {
        string device = Path.GetFullPath(Path.Combine(Here(), "../../firmware/TaxiCredit.Firmware/bin/stand-in/Release/TaxiCredit.Firmware.exe"));
        string path = File.Exists(device) ? device : typeof(Unit).Assembly.Location;
        int bytes = IlBytes(path, path == device ? "TaxiCredit.Firmware" : "TaxiCredit.Firmware.Logic");
        TestContext.WriteLine($"{Path.GetFileName(path)}: {bytes} bytes of IL");
        Assert.IsGreaterThan(5000, bytes);
        Assert.IsLessThanOrEqualTo(MaxBytes, bytes);
    }

    /// <summary>It is flashed once and stays. Where the device project was not compiled there is nothing to measure.</summary>
    [TestMethod]
    public void Loader_Il_FitsIn16Kilobytes()
    {
        string path = Path.GetFullPath(Path.Combine(Here(), "../../firmware/TaxiCredit.Loader/bin/stand-in/Release/TaxiCredit.Loader.exe"));
        if (!File.Exists(path)) Assert.Inconclusive("the loader has not been compiled here (firmware/compile-device)");
        int bytes = IlBytes(path, "TaxiCredit");
        TestContext.WriteLine($"{Path.GetFileName(path)}: {bytes} bytes of IL");
        Assert.IsGreaterThan(2000, bytes);
        Assert.IsLessThanOrEqualTo(MaxLoaderBytes, bytes);
    }

    private static int IlBytes(string path, string prefix)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        int bytes = 0;
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            if (!NamespaceOf(metadata, type).StartsWith(prefix, StringComparison.Ordinal)) continue;
            bytes += type.GetMethods().Select(metadata.GetMethodDefinition).Where(m => m.RelativeVirtualAddress != 0)
                .Sum(m => file.GetMethodBody(m.RelativeVirtualAddress).Size);
        }

        return bytes;
    }

    /// <summary>A nested type has none of its own: it is its outermost type's.</summary>
    private static string NamespaceOf(MetadataReader metadata, TypeDefinition type)
    {
        while (type.IsNested) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return metadata.GetString(type.Namespace);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
