using Dispatch.Tests.Accounts;

namespace Dispatch.Tests.Bureau;

[TestClass]
public class WorkshopPageTests : CityTests
{
    [TestMethod]
    public async Task Page_BeforeAnyUnit_TellsWhatIsMissing()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        StringAssert.Contains((await officer.GoAsync("/bureau/workshop")).Text, "Cabs without a unit: 3");

        using var auditor = (await City.EnterAsync(SmallCity.Auditor)).Browser;
        Assert.DoesNotContain("multipart/form-data", (await auditor.GoAsync("/bureau/workshop")).Html);
    }
}
