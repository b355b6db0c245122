// A ring of two rooms, for the test that the checks see one.
namespace Architecture.Tests.Planted.East
{
    internal sealed class Door
    {
        public static object? Open() => new West.Door();
    }
}

namespace Architecture.Tests.Planted.West
{
    internal sealed class Door
    {
        public static object? Open() => East.Door.Open();
    }
}
