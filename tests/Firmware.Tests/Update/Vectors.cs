using System.Runtime.CompilerServices;

namespace Firmware.Tests.Update;

/// <summary>
/// The two test cases of RFC 8554, appendix F. They are signatures of two trees (HSS): the upper one signs the key of the lower one, which signs the
/// message. Taken apart, each is two signatures of one tree.
/// </summary>
internal static class Vectors
{
    private static readonly Dictionary<string, byte[]> Values = Read();

    /// <summary>Key, message and signature of one tree.</summary>
    public static (byte[] Key, byte[] Message, byte[] Signature) Of(int testCase, string tree)
    {
        byte[] all = Values[$"case {testCase} signature"];
        int upper = testCase == 1 ? 8 + 32 + (34 * 32) + 4 + (5 * 32) : 8 + 32 + (67 * 32) + 4 + (10 * 32);
        byte[] lowerKey = all[(4 + upper)..(4 + upper + 56)];
        return tree == "upper"
            ? (Values[$"case {testCase} public key"][4..], lowerKey, all[4..(4 + upper)])
            : (lowerKey, Values[$"case {testCase} message"], all[(4 + upper + 56)..]);
    }

    private static Dictionary<string, byte[]> Read([CallerFilePath] string path = "")
    {
        string text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "rfc-8554-f.txt"));
        return text.Split("\n\n").Skip(1).Select(block => block.Split('\n', 2))
            .ToDictionary(parts => parts[0], parts => Convert.FromHexString(parts[1].Replace("\n", "", StringComparison.Ordinal)));
    }
}
