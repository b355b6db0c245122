using CsCheck;

namespace Scoring.Tests;

/// <summary>Checks a property on a fixed run of random cases, the same on every machine and at every time.</summary>
internal static class Property
{
    /// <summary>Runs the cases; the first that fails is made as small as random search makes it, and shown with its seed.</summary>
    /// <param name="gen">Where cases come from.</param>
    /// <param name="seed">Start of the run; printed.</param>
    /// <param name="cases">Length of the run.</param>
    /// <param name="check">Throws where the property does not hold.</param>
    /// <remarks>CsCheck's own <c>Sample</c> takes a fixed seed for the first case only, so it is left for the shrinking.</remarks>
    public static void Holds<T>(Gen<T> gen, ulong seed, int cases, Action<T> check)
    {
        Console.WriteLine($"seed {seed}, {cases} cases");
        var random = new PCG(1, seed);
        for (var i = 0; i < cases; i++)
        {
            var state = random.State;
            var item = gen.Generate(random, null, out _);
            try
            {
                check(item);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Console.WriteLine($"case {i}, CsCheck seed {random.ToString(state)}: {e.Message}\n{item}");
                gen.Sample(check, seed: random.ToString(state), iter: 20_000, threads: 1);
                throw;
            }
        }
    }
}
