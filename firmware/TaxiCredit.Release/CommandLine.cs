using System.CommandLine;
using System.Globalization;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Release;

/// <summary>
/// The commands keygen, sign, verify and pin. 0: done, or genuine; 1: not genuine; 2: a wrong command line, or what was asked for cannot be done.
/// </summary>
internal static class CommandLine
{
    private const int Misused = 2;

    /// <summary>Revision B.</summary>
    private const int LatestHardware = 2;

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        ParseResult line = Root(output).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (line.Errors.Count > 0)
        {
            foreach (var fault in line.Errors) error.WriteLine($"release: {fault.Message}");
            return Misused;
        }

        try
        {
            return line.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is ReleaseException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"release: {e.Message}");
            return Misused;
        }
    }

    private static RootCommand Root(TextWriter output) => new("Signs firmware for the units, away from every server, and looks at what was signed.")
    {
        Keygen(output), Sign(output), Verify(output), Pin(output),
    };

    private static Command Keygen(TextWriter output)
    {
        var path = new Argument<string>("KEY") { Description = "file of the private key; its used indexes go to KEY.used, the public key to KEY.pub" };
        var command = new Command("keygen", "makes the maker's key, good for 1,024 signatures") { path };
        command.SetAction(line =>
        {
            string file = line.GetValue(path)!;
            PrivateKey key = PrivateKey.Make(file);
            output.WriteLine($"{file}: keep it off every network, and never sign with a copy of it\n{Convert.ToHexStringLower(key.PublicKey)}");
        });
        return command;
    }

    private static Command Sign(TextWriter output)
    {
        var path = new Argument<string>("KEY") { Description = "file of the private key" };
        var image = new Option<string>("--image") { Required = true, HelpName = "FILE", Description = "the application's .pe file" };
        var to = new Option<string>("--out") { Required = true, HelpName = "FILE", Description = "the package; must not exist" };
        var version = new Option<string>("--version") { Required = true, HelpName = "X.Y.Z", Description = "version of the program" };
        Option<long> rollback = Number("--rollback", uint.MaxValue, "anti-rollback number: once confirmed, a unit takes no package with a lower one");
        Option<long> hardware = Number("--hardware", ushort.MaxValue, "revision of the board, A is 1");
        rollback.Required = hardware.Required = true;
        Option<string> firmware = Firmware();
        var command = new Command("sign", "makes a package of an image; uses up one of the key's signatures")
        {
            path, image, to, version, rollback, hardware, firmware,
        };
        command.SetAction(line =>
        {
            string file = line.GetValue(to)!;
            if (File.Exists(file)) throw new ReleaseException($"{file}: exists already, and is never written over");
            var manifest = new Manifest { Hardware = (int)line.GetValue(hardware), Rollback = (uint)line.GetValue(rollback) };
            (manifest.Major, manifest.Minor, manifest.Patch) = VersionOf(line.GetValue(version)!);
            RuntimeId.Of(line.GetValue(firmware)!).CopyTo(manifest.Runtime, 0);
            byte[] package = Package.Make(PrivateKey.Read(line.GetValue(path)!), manifest, File.ReadAllBytes(line.GetValue(image)!));
            string part = file + ".part";
            File.Delete(part);
            DurableFile.Create(part, package, isSecret: false);
            File.Move(part, file);
            output.WriteLine($"{file}: {package.Length} bytes, {Package.VersionOf(manifest)}, rollback {manifest.Rollback}, hardware {manifest.Hardware}");
        });
        return command;
    }

    private static Command Verify(TextWriter output)
    {
        var path = new Argument<string>("PACKAGE") { Description = "the package" };
        var publicKey = new Option<string>("--public") { Required = true, HelpName = "FILE", Description = "the maker's public key" };
        Option<long> rollback = Number("--rollback", uint.MaxValue, "anti-rollback number that it must have at least; default: any");
        Option<long> hardware = Number("--hardware", ushort.MaxValue, "revision of the board that it must be for; default: any");
        Option<string> firmware = Firmware();
        firmware.DefaultValueFactory = null;
        var command = new Command("verify", "takes a package as a unit does") { path, publicKey, rollback, hardware, firmware };
        command.SetAction(line =>
        {
            byte[] key = PublicKeyOf(line.GetValue(publicKey)!);
            int? board = line.GetValue(hardware) is > 0 and var revision ? (int)revision : null;
            byte[]? runtime = line.GetValue(firmware) is { } folder ? RuntimeId.Of(folder) : null;
            byte[] package = File.ReadAllBytes(line.GetValue(path)!);
            int refusal = Package.Verify(key, package, board, runtime, (uint)line.GetValue(rollback), out Manifest manifest);
            string what = refusal == PackageRefusal.None
                ? $", {Package.VersionOf(manifest)}, rollback {manifest.Rollback}, hardware {manifest.Hardware}, image of {manifest.ImageSize} bytes"
                : "";
            output.WriteLine($"{line.GetValue(path)}: {Package.ReasonOf(refusal)}{what}");
            return refusal == PackageRefusal.None ? 0 : 1;
        });
        return command;
    }

    private static Command Pin(TextWriter output)
    {
        var publicKey = new Option<string>("--public") { HelpName = "FILE", Description = "the maker's public key; without one the program takes no package" };
        Option<long> hardware = Number("--hardware", ushort.MaxValue, "revision of the board; default: 2");
        Option<string> firmware = Firmware();
        var command = new Command("pin", "writes by whom and for what a program is built into its source, before it is compiled")
        {
            publicKey, hardware, firmware,
        };
        command.SetAction(line =>
        {
            byte[] key = line.GetValue(publicKey) is { } file ? PublicKeyOf(file) : [];
            int board = line.GetValue(hardware) is > 0 and var revision ? (int)revision : LatestHardware;
            string folder = line.GetValue(firmware)!;
            string path = Origin.PathOf(folder);
            File.WriteAllText(path, Origin.TextOf(key, RuntimeId.Of(folder), board));
            output.WriteLine($"{path}: {(key.Length > 0 ? "takes packages of this maker" : "takes no packages")}, hardware {board}");
        });
        return command;
    }

    private static Option<string> Firmware() => new("--firmware")
    {
        HelpName = "DIR",
        Description = "folder with runtime.json and TaxiCredit.Firmware/packages.config",
        DefaultValueFactory = _ => "firmware",
    };

    private static Option<long> Number(string name, long max, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= 1 && number <= max) return number;
            argument.AddError($"{name} {text}: must be a whole number from 1 to {max}");
            return 0;
        },
    };

    private static (int Major, int Minor, int Patch) VersionOf(string text)
    {
        string[] parts = text.Split('.');
        int[] numbers = [.. parts.Select(part => ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? number : -1)];
        return numbers is [>= 0, >= 0, >= 0]
            ? (numbers[0], numbers[1], numbers[2])
            : throw new ReleaseException($"--version {text}: must be three numbers up to 65535, X.Y.Z");
    }

    private static byte[] PublicKeyOf(string path)
    {
        string text = File.ReadAllText(path).Trim();
        if (text.Length == 2 * LmsKey.Size && text.All(char.IsAsciiHexDigit) && new LmsKey(Convert.FromHexString(text)) is { IsKnown: true } key)
            return key.Content;
        throw new ReleaseException($"{path}: not a public key of this command");
    }
}
