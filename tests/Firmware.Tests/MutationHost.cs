using System.Reflection;
using System.Runtime.CompilerServices;
using TaxiCredit.Firmware.Logic;

namespace Firmware.Tests;

/// <summary>
/// Compiled for mutation tests only (firmware/mutate). Stryker keeps one process of the tests and tells it by a file which mutant is on. Three things do not go
/// well with that, and are mended here. What a static initialiser makes is made once, with whichever mutant was on then: a process that holds such values of
/// another mutant ends, and Stryker starts a new one. Looking into the file at every mutated expression takes four times as long as the tests themselves:
/// it is read once before each run. And the run goes on when a test has noticed the mutant: the tests that follow are then left out.
/// </summary>
[TestClass]
public static class MutationHost
{
    private static readonly string StaticMutants = Path.Combine(AppContext.BaseDirectory, "static-mutants.txt");
    private static readonly BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private static int? _initialisedWith;
    private static int _active = -1;
    private static bool _isNoticed;

    [AssemblyInitialize]
    public static void BeginRun(TestContext context)
    {
        Type? control = typeof(Unit).Assembly.GetTypes().SingleOrDefault(t => t.Name == "MutantControl");
        if (control == null) return;

        if ((bool)Field(control, "CaptureCoverage").GetValue(null)!)
        {
            if (_initialisedWith == null) NoteStaticMutants(control);
            _initialisedWith = -1;
            return;
        }

        _active = SwitchOn(control);
        _isNoticed = false;
        if (_initialisedWith == null)
        {
            Initialise();
            _initialisedWith = _active;
        }
        else if (_initialisedWith != _active && File.ReadAllLines(StaticMutants).Any(line => line == $"{_active}" || line == $"{_initialisedWith}"))
        {
            Environment.Exit(1);
        }
    }

    [GlobalTestInitialize]
    public static void BeginTest(TestContext context)
    {
        if (_isNoticed) Assert.Inconclusive("the mutant has been noticed");
    }

    [GlobalTestCleanup]
    public static void EndTest(TestContext context) => _isNoticed |= _active >= 0 && context.CurrentTestOutcome == UnitTestOutcome.Failed;

    private static void NoteStaticMutants(Type control)
    {
        Initialise();
        var covered = (List<int>)Field(control, "_coveredMutants").GetValue(null)!;
        File.WriteAllLines(StaticMutants, covered.Select(id => $"{id}"));
    }

    private static int SwitchOn(Type control)
    {
        int active = BitConverter.ToInt32(File.ReadAllBytes(Environment.GetEnvironmentVariable("STRYKER_MUTANT_FILE")!));
        Field(control, "_mutantFilePathCached").SetValue(null, true);
        Field(control, "_cachedMutantFilePath").SetValue(null, "");
        Field(control, "ActiveMutant").SetValue(null, active);
        return active;
    }

    private static void Initialise()
    {
        bool IsOfTheLogic(Type type) => type.Namespace?.StartsWith("TaxiCredit.Firmware.Logic", StringComparison.Ordinal) == true;
        foreach (Type type in typeof(Unit).Assembly.GetTypes().Where(IsOfTheLogic))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
    }

    private static FieldInfo Field(Type control, string name) =>
        control.GetField(name, AnyStatic)
        ?? throw new InvalidOperationException($"Stryker's {control.Name} has no {name}: MutationHost was written for 5.1.0.");
}
