namespace Firmware.Tests.Update;

/// <summary>The package that tests/Contract/update/make.py wrote, without any code of ours.</summary>
internal static class GoldenPackage
{
    public const int Hardware = 2;
    public const uint Rollback = 7;

    private static readonly string Folder = Path.Combine(Readme.Root, "tests/Contract/update");

    public static byte[] Bytes => File.ReadAllBytes(Path.Combine(Folder, "package.tcup"));

    public static byte[] PublicKey => Convert.FromHexString(File.ReadAllText(Path.Combine(Folder, "maker.pub")).Trim());

    public static byte[] Runtime => System.Security.Cryptography.SHA256.HashData("interpreter 1.17.0\n"u8);
}
