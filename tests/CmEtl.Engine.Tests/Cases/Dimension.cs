namespace CmEtl.Engine.Tests.Cases;

/// <summary>A dimension that a visit points to.</summary>
public enum Dimension
{
    Caregiver,
    Provider,
    Office,
    Patient,
    PayerPatient,
    Payer,
    Contract,
    ServiceCode,
    User,
}
