import Testing
import Watch
