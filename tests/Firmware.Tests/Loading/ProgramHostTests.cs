using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Loader;

namespace Firmware.Tests.Loading;

/// <summary>
/// The loader's own source with the assemblies of .NET, which <c>Assembly.Load</c> loads here as nanoFramework's does there. What it does on the device's
/// runtime has never been run by these tests.
/// </summary>
[TestClass]
public sealed class ProgramHostTests
{
    private const string Flag = "TaxiCredit.Tests.Ran";

    private readonly string _folder = Directory.CreateTempSubdirectory("loader-").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, true);

    [TestMethod]
    public void Program_ThatWasLoaded_RunsItsMainAndNotBefore()
    {
        AppDomain.CurrentDomain.SetData(Flag, null);
        var host = new ProgramHost();
        Assert.IsTrue(host.TryLoad(Image(throws: false), null));
        Assert.IsNull(AppDomain.CurrentDomain.GetData(Flag));
        host.Run();
        Assert.AreEqual("yes", AppDomain.CurrentDomain.GetData(Flag));
    }

    /// <summary>The loader's own <c>Main</c> catches it, says it, and restarts.</summary>
    [TestMethod]
    public void Program_ThatThrowsInMain_ThrowsOutOfRun()
    {
        var host = new ProgramHost();
        Assert.IsTrue(host.TryLoad(Image(throws: true), null));
        Assert.Throws<Exception>(host.Run);
    }

    [TestMethod]
    [DataRow("Other", "Main")]
    [DataRow("Program", "Begin")]
    public void Assembly_WithoutTheEntryPoint_IsNotLoaded(string type, string method) =>
        Assert.IsFalse(new ProgramHost().TryLoad(Image(false, type, method), null));

    [TestMethod]
    public void Bytes_ThatAreNoAssembly_AreNotLoaded()
    {
        byte[] image = Image(throws: false);
        foreach (int length in new[] { 0, 1, 64, image.Length / 2 }) Assert.IsFalse(new ProgramHost().TryLoad(image[..length], null), $"{length}");
        Assert.IsFalse(new ProgramHost().TryLoad(TestMakerImage(), null));
    }

    [TestMethod]
    [DataRow(1, true)]
    [DataRow(Manifest.MaxImageBytes, true)]
    [DataRow(Manifest.MaxImageBytes + 1, false)]
    [DataRow(-1, false)]
    public void Factory_OfAFile_IsReadWhereItIsNoLargerThanAnImage(int size, bool isRead)
    {
        string path = Path.Combine(_folder, "factory.pe");
        if (size >= 0) File.WriteAllBytes(path, new byte[size]);
        Assert.AreEqual(isRead ? size : null, new ProgramHost(path).ReadFactory()?.Length);
    }

    /// <summary>What the loader looks for in an image is what the image has.</summary>
    [TestMethod]
    public void Image_OfTheUnit_HasTheEntryPointThatIsLookedFor()
    {
        string path = Path.Combine(Readme.Root, "firmware/TaxiCredit.Firmware/bin/stand-in/Release/TaxiCredit.Firmware.exe");
        if (!File.Exists(path)) Assert.Inconclusive("the device project has not been compiled here (firmware/compile-device)");
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        TypeDefinition program = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Single(type => (metadata.GetString(type.Namespace), metadata.GetString(type.Name)) == ("TaxiCredit.Firmware", "Program"));
        MethodDefinition main = program.GetMethods().Select(metadata.GetMethodDefinition).Single(method => metadata.GetString(method.Name) == "Main");
        Assert.IsTrue(main.Attributes.HasFlag(MethodAttributes.Static));
        Assert.IsEmpty(main.GetParameters());
    }

    private static byte[] TestMakerImage() => Update.TestMaker.Image(3, 5000);

    private static byte[] Image(bool throws, string type = "Program", string method = "Main")
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName($"Image{Guid.NewGuid():N}"), typeof(object).Assembly);
        TypeBuilder program = assembly.DefineDynamicModule("Image").DefineType($"TaxiCredit.Firmware.{type}", TypeAttributes.NotPublic | TypeAttributes.Class);
        ILGenerator code = program.DefineMethod(method, MethodAttributes.Static | MethodAttributes.Public, typeof(void), []).GetILGenerator();
        if (throws)
        {
            code.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([])!);
            code.Emit(OpCodes.Throw);
        }
        else
        {
            code.Emit(OpCodes.Call, typeof(AppDomain).GetProperty(nameof(AppDomain.CurrentDomain))!.GetMethod!);
            code.Emit(OpCodes.Ldstr, Flag);
            code.Emit(OpCodes.Ldstr, "yes");
            code.Emit(OpCodes.Call, typeof(AppDomain).GetMethod(nameof(AppDomain.SetData), [typeof(string), typeof(object)])!);
            code.Emit(OpCodes.Ret);
        }

        program.CreateType();
        MetadataBuilder metadata = assembly.GenerateMetadata(out BlobBuilder il, out BlobBuilder fields);
        var builder = new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), il, fields);
        var bytes = new BlobBuilder();
        builder.Serialize(bytes);
        return bytes.ToArray();
    }
}
