using System;
using System.IO;
using System.Reflection;
using TaxiCredit.Firmware.Logic.Loading;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Loader;

/// <summary>
/// Loads images into the runtime that this runs on. Nothing unloads: an image that was loaded and is no program stays in memory until the restart.
/// </summary>
internal sealed class ProgramHost : IProgramHost
{
    public const string FactoryPath = "I:\\factory.pe";

    /// <summary>What every program has: for ever, as the loader never changes.</summary>
    private const string TypeName = "TaxiCredit.Firmware.Program";

    private const string MethodName = "Main";

    private readonly string _factoryPath;
    private MethodInfo? _main;

    /// <param name="factoryPath">Of the factory's image.</param>
    public ProgramHost(string factoryPath = FactoryPath)
    {
        _factoryPath = factoryPath;
    }

    public byte[]? ReadFactory()
    {
        try
        {
            if (!File.Exists(_factoryPath)) return null;
            using var file = new FileStream(_factoryPath, FileMode.Open, FileAccess.Read);
            if (file.Length > Manifest.MaxImageBytes) return null;
            byte[] image = new byte[(int)file.Length];
            return file.Read(image, 0, image.Length) == image.Length ? image : null;
        }
        catch (Exception e)
        {
            Console.WriteLine(e.Message);
            return null;
        }
    }

    /// <summary>Throws nothing: whatever the runtime says of an image, it is loaded or not.</summary>
    public bool TryLoad(byte[] image, Slot? from)
    {
        try
        {
            Type? program = Assembly.Load(image).GetType(TypeName);
            _main = program?.GetMethod(MethodName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
            return _main != null;
        }
        catch (Exception e)
        {
            Console.WriteLine(e.Message);
            return false;
        }
    }

    /// <summary>Runs what was loaded last, on this thread, until it ends or throws.</summary>
    public void Run() => _main!.Invoke(null, new object[0]);
}
