using System.Reflection;
using System.Runtime.Loader;
using SharpFuzz;

namespace Firmware.Tests.World;

/// <summary>
/// A second copy of the logic, whose branches SharpFuzz has made to report themselves, and of these tests bound to it: the
/// first copy stays as it is built.
/// </summary>
internal sealed class InstrumentedLogic : AssemblyLoadContext, IDisposable
{
    private static readonly string[] Copied = ["TaxiCredit.VirtualCab", "Firmware.Tests"];

    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-").FullName;

    public InstrumentedLogic()
    {
        foreach (string name in Copied) File.Copy(Path.Combine(AppContext.BaseDirectory, name + ".dll"), PathOf(name));
        bool IsOfTheLogic(string type) => type.StartsWith("TaxiCredit.Firmware.Logic", StringComparison.Ordinal);
        string[] types = [.. Fuzzer.Instrument(PathOf(Copied[0]), IsOfTheLogic, Options.Value)];
        Assert.IsNotEmpty(types);
    }

    /// <summary>A target of <see cref="FuzzTargets"/> on the instrumented logic.</summary>
    public Action<byte[]> Target(string name) =>
        LoadFromAssemblyName(new AssemblyName(Copied[1])).GetType(typeof(FuzzTargets).FullName!)!
            .GetMethod(name)!.CreateDelegate<Action<byte[]>>();

    public void Dispose() => Directory.Delete(_folder, true);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        Copied.Contains(assemblyName.Name) ? LoadFromAssemblyPath(PathOf(assemblyName.Name!)) : null;

    private string PathOf(string name) => Path.Combine(_folder, name + ".dll");
}
